"""What the kinds and groups of report are called on their buttons, in both languages and
without accents, so that a typed label finds its kind; the engine itself sees keys only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_KINDS: Final = """
FIRE|chay no|fire explosion
RESCUE|mac ket duoi nuoc sap do|trapped drowning collapse
MEDICAL|cap cuu y te|medical emergency
TRAFFIC_CRASH|tai nan giao thong|traffic accident
MISSING|nguoi mat tich di lac|missing or lost person
HAZARD|den ho ga cay do day dien|lamp hole tree power line
DISASTER|bao ngap sat lo|storm flood landslide
SEA_SOS|gap nan tren bien|emergency at sea
SUICIDE_RISK|nguoi co y dinh tu hai|someone may hurt themselves
WEAPON|vu khi bom min vat lieu no|weapon bomb explosives
ASSAULT|danh nhau gay thuong tich|fight assault
DV|bao luc gia dinh|domestic violence
THREAT|de doa quay roi tinh than|threats harassment
DISORDER|gay roi tu tap hung khi|disorder gangs weapons
CHILD_ABUSE|xam hai bao hanh tre em|child abuse
SEXUAL|quay roi xam hai tinh duc|sexual harassment or assault
TRAFFICKING|mua ban nguoi lua ra nuoc ngoai|human trafficking scam jobs
THEFT|trom cap|theft burglary
SCAM|lua dao qua mang dien thoai|online or phone scam
ROBBERY|cuop cuop giat|robbery snatching
LOAN_SHARK|tin dung den doi no thue|loan sharks debt threats
PROPERTY_DAMAGE|pha tai san tat son chat ban|property damage paint attack
IMPERSONATION|gia danh cong an can bo|fake police or official
CYBER|boi nho lo anh mat tai khoan|defamation leaks hacking
SEA_THEFT|trom tren be ngu cu|theft at a sea farm
LOST_FOUND|giay to do vat roi|lost and found
DRUG|ma tuy|drugs
GAMBLING|danh bac lo de ca do|gambling
STRANGER|nguoi la xe la viec dang ngo|stranger unfamiliar vehicle
FIREWORK|phao no phao lau|illegal fireworks
SOCIAL_EVIL|mai dam me tin ta dao|vice superstition cults
BORDER|vuot bien buon lau|illegal crossing smuggling
FOREIGNER|nguoi nuoc ngoai chua khai bao|unregistered foreign guest
SEA_ILLEGAL|danh bat trai phep|illegal fishing
MINING|khai thac than cat trai phep|illegal mining
NOISE|on ao karaoke loa keo|noise karaoke loudspeakers
DISPUTE|mau thuan hang xom gia dinh|neighbour or family dispute
TRAFFIC|do xe dua xe un tac|parking racing jams
ENV|rac nuoc thai dot rac|rubbish sewage burning
ANIMAL|cho tha rong cho can gia suc|loose dogs bites livestock
URBAN|lan via he xay dung sai phep|encroachment illegal building
MARKET|trat tu cho hang gia|market order fake goods
FOOD|an toan thuc pham|food safety
RESIDENCE|luu tru tam tru nha tro|stay notice boarding house
IDEA|gop y sang kien|suggestion
OFFICIAL|phan anh ve can bo|concern about an official
EX_OFFENDER|giup nguoi tung lam loi|help after prison or rehab
OTHER|viec khac|something else
"""
_GROUPS: Final = """
danger|nguy hiem cap cuu|danger emergency
violence|danh nhau bao luc de doa|violence threats
property|mat cap lua dao doi no|theft scams debt threats
vice|ma tuy co bac viec dang ngo|drugs gambling suspicions
daily|viec chung moi truong gop y|daily life ideas
"""


def _table(lines: str) -> Mapping[str, tuple[str, ...]]:
    rows = (line.split("|") for line in lines.split("\n") if line)
    return MappingProxyType({code: tuple(names) for code, *names in rows})


KIND_WORDS: Final = _table(_KINDS)
GROUP_WORDS: Final = _table(_GROUPS)
