"""An invented body that answers for the bot, so that a test sees what a real ward would see.

Without it the bot is a trial, and says so everywhere.
"""

from bot.wording import House

HOUSE = House(
    name="UBND Phường Bịa Đặt",
    address="Số 1 phố Không Có, Phường Bịa Đặt",
    phone="0203 3000 001",
    authorised_by="Văn bản bịa 01/VB ngày 01/01/2026",
)
# The same as settings.
CONTROLLER = {
    "controller_name": HOUSE.name,
    "controller_address": HOUSE.address,
    "controller_phone": "0203.3000.001",
    "authorised_by": HOUSE.authorised_by,
}
TRIAL = {
    "vi": "CHẠY THỬ – tin KHÔNG tới công an, gọi 113.",
    "en": "TEST RUN – this does NOT reach the police, call 113.",
}
