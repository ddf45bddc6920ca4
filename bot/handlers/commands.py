"""What can be typed as a command: with a slash in any state, or as plain words that are the
whole message, with or without accents, in either language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.handlers import (
    admin,
    alerting,
    announcing,
    audience_tags,
    binding,
    board,
    campaigns,
    confirmations,
    corrections,
    enrolment,
    groups,
    helping,
    ladder,
    law,
    law_approving,
    menu,
    my_data,
    pasting,
    private_news,
    proving,
    quiet,
    recording,
    reveals,
    schedule,
    taking_up,
    warning,
)
from bot.handlers.turn import Turn

Act = Callable[[Turn, str], None]


@dataclass(frozen=True, slots=True)
class Command:
    """`words` mean it in private; those of `loud` in a group too; `heads` with more after them,
    unless it is one of `other_heads`. `over_draft` ones win over an open question even without
    a slash, `over_all` ones also as a reply and wherever something is asked back. `in_group` is
    what it does there."""

    name: str
    run: Act
    words: tuple[str, ...] = ()
    loud: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    other_heads: tuple[str, ...] = ()
    over_draft: bool = False
    over_all: bool = False
    in_group: Act = groups.point_to_private


COMMANDS: Final = (
    Command("start", taking_up.start, in_group=groups.greet),
    Command("menu", menu.greet, ("menu", "thuc don", "bat dau"), in_group=groups.greet),
    Command(
        "baotin",
        taking_up.report,
        ("bao tin", "baotin", "gui tin", "bao tin moi", "report", "new report"),
        loud=("bao tin", "baotin"),
        in_group=groups.point_to_report,
    ),
    Command(
        "vuviec",
        taking_up.list_mine,
        ("vu viec", "vuviec", "vu viec cua toi", "tin cua toi", "tin da bao", "my reports"),
        over_draft=True,
        in_group=taking_up.show_open,
    ),
    Command(
        "hoagiai",
        taking_up.mediation,
        ("hoa giai", "hoagiai", "nho hoa giai", "xin hoa giai", "mediation"),
        in_group=groups.point_to_mediation,
    ),
    Command("dangky", enrolment.begin, ("dang ky", "dangky", "enrol", "enroll", "register")),
    Command(
        "dulieu",
        my_data.show,
        ("du lieu", "dulieu", "du lieu cua toi", "xem du lieu cua toi", "my data"),
        over_draft=True,
    ),
    Command(
        "xoadulieu",
        my_data.choose_erasure,
        ("xoa du lieu", "xoadulieu", "xoa du lieu cua toi", "delete my data", "erase my data"),
        over_draft=True,
    ),
    Command("rutdongy", my_data.choose_withdrawal, ("rut dong y", "rutdongy", "withdraw consent")),
    # Over an open question the flow itself knows "huy": there it may be a person's name.
    Command("huy", taking_up.cancel, ("huy", "huy bo", "cancel")),
    Command(
        "tieptuc",
        taking_up.go_on,
        ("tiep tuc", "tieptuc", "viet tiep", "continue", "resume"),
        over_draft=True,
    ),
    Command(
        "trogiup",
        menu.explain,
        ("tro giup", "trogiup", "huong dan", "help"),
        over_draft=True,
        in_group=groups.greet,
    ),
    # In panic also in raw Telex and VNI keys.
    Command(
        "thoat",
        quiet.leave,
        ("thoat", "thoats", "thoast", "thoat1", "thoa1t", "thoat ra", "exit", "quit", "an di"),
        over_all=True,
        in_group=quiet.stay_silent,
    ),
    Command("ngonngu", menu.ask_language, ("ngon ngu", "ngonngu", "doi ngon ngu", "language")),
    Command("tiengviet", menu.speak_vietnamese, ("tieng viet", "tiengviet", "vietnamese")),
    Command("english", menu.speak_english, ("english", "tieng anh", "tienganh")),
    Command(
        "khancap",
        alerting.begin,
        ("khan cap", "khancap", "emergency", "sos"),
        loud=("khan cap", "khancap", "sos"),
        over_draft=True,
        in_group=groups.show_numbers,
    ),
    Command(
        "thietlap",
        admin.begin_ward,
        ("thiet lap", "thietlap", "setup", "set up"),
        in_group=binding.set_up,
    ),
    Command("nhap", admin.redeem, ("nhap", "nhap ma", "nhapma", "enter code")),
    Command("baoho", helping.begin, ("bao ho", "report for someone"), heads=("bao ho",)),
    Command("ghitin", recording.begin, heads=("ghi tin",), in_group=recording.note),
    Command(
        "thongbao",
        announcing.begin,
        ("thong bao", "thongbao", "dang thong bao", "viet thong bao", "announcement", "announce"),
    ),
    Command(
        "lich",
        schedule.show,
        ("lich", "lich dang", "lich thong bao", "lich tuan", "schedule"),
        over_draft=True,
    ),
    # Over an open question "Bằng" is somebody's name.
    Command("bang", board.show, ("bang", "bang tin", "bang dang bai", "board", "notice board")),
    Command(
        "danam",
        confirmations.show,
        ("ai da nam", "ai chua nam", "ai da nam duoc", "ai chua nam duoc", "who has read it"),
        over_draft=True,
    ),
    Command(
        "nhomtin",
        audience_tags.show,
        ("nhom tin", "nhomtin", "nhan tin theo nhom", "chon nhom tin", "my topics", "topics"),
        over_draft=True,
    ),
    Command(
        "dungnhan",
        audience_tags.leave,
        ("dung nhan", "dungnhan", "dung nhan tin", "stop receiving", *audience_tags.LEAVING),
        over_draft=True,
    ),
    # Over an open question these stop what is being written.
    Command("ngungnhan", audience_tags.leave, ("ngung", "ngung nhan", "stop", "unsubscribe")),
    Command(
        "nhomdan",
        pasting.show,
        ("nhom dan", "nhomdan", "nhom khong co tro ly", "paste groups"),
        over_draft=True,
    ),
    Command(
        "nhantin",
        private_news.show,
        ("nhan tin", "nhantin", "nhan tin rieng", "nhan tin khan", "news", "get news"),
        over_draft=True,
    ),
    Command(
        "thoinhan",
        private_news.stop,
        ("thoi nhan", "thoi nhan tin", "ngung nhan tin", "khong nhan tin nua", "stop news"),
        over_draft=True,
    ),
    Command(
        "dinhchinh",
        corrections.show,
        ("dinh chinh", "dinhchinh", "sua bai da dang", "correct", "correction"),
        heads=("dinh chinh",),
    ),
    Command(
        "antoan",
        corrections.show_all_clear,
        ("bao an toan", "antoan", "da an toan", "all clear"),
        heads=("bao an toan", "all clear"),
    ),
    Command(
        "canhbao",
        warning.begin,
        heads=("canh bao", "canhbao", "warn"),
        in_group=warning.begin_in_group,
    ),
    Command(
        "xacminh",
        proving.show,
        ("xac minh", "xacminh", "kiem tra ma", "verify"),
        heads=("xac minh", "kiem tra ma", "verify"),
        over_draft=True,
        in_group=proving.show_in_group,
    ),
    Command(
        "luat",
        law.search,
        ("luat", "hoi luat", "tra luat", "law"),
        heads=("luat", "hoi luat", "tra luat", "law"),
        # A lawyer may be somebody in a report.
        other_heads=("luat su", "law firm"),
    ),
    Command(
        "duyetluat",
        law_approving.show,
        ("duyet luat", "duyetluat", "approve law"),
        over_draft=True,
    ),
    Command("chiendich", campaigns.plan, ("chien dich", "campaign"), heads=("chien dich",)),
    # Not "truc" alone: that is also a name.
    Command(
        "truc",
        ladder.show,
        ("thang truc", "ai truc", "truc ban", "khi khong ai nhan", "duty ladder", "ladder"),
        over_draft=True,
    ),
    Command("modanhtinh", reveals.ask, heads=("mo danh tinh",)),
    Command("nhatky", reveals.show_journal, ("nhat ky", "nhatky")),
    Command("moi", admin.begin_invite, ("ma moi", "tao ma moi", "invite")),
    Command("moitruong", admin.invite_chief, ("moi truong cong an", "invite chief")),
)
