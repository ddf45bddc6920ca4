"""The rules of neighbourhood security: plain values in, values or a coded error out."""
