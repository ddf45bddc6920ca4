"""The daily self-test, on each kind of database, through the real writer, intake and delivery."""
