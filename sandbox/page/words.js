// The page's own words. They belong to the messenger, not to the bot.

const WORDS = {
  vi: {
    title: "Trang thử", choose: "Chọn người để vào vai", chooseHint: "Mỗi người thấy đúng những gì người ấy thấy trên điện thoại.",
    nobody: "Chưa có ai trong hộp cát.", people: "Mọi người", chats: "Cuộc trò chuyện", noChats: "Chưa có cuộc trò chuyện nào.",
    back: "Quay lại", messages: "Tin nhắn", compose: "Tin nhắn", send: "Gửi", attach: "Đính kèm", photo: "Ảnh", place: "Vị trí",
    voice: "Tệp âm thanh", video: "Video", file: "Tệp", start: "Bắt đầu", unblock: "Bỏ chặn và bắt đầu lại", block: "Chặn bot", pickChat: "Chọn một cuộc trò chuyện để xem tin nhắn",
    latitude: "Vĩ độ", longitude: "Kinh độ", sendPlace: "Gửi vị trí", cancel: "Hủy", edited: "đã sửa", silent: "gửi không kêu",
    reply: "Trả lời", edit: "Sửa", remove: "Xóa", beside: "Mở thêm một người", closeBeside: "Đóng người này", language: "English",
    bot: "bot", members: (n) => `${n} thành viên`, unread: (n) => `${n} tin chưa đọc`, typing: "đang nhập…", you: "Bạn",
    commands: "Các lệnh", replyTo: (name) => `Trả lời ${name}`, editing: "Đang sửa tin", forwarded: (name) => `Chuyển tiếp từ ${name}`,
    joined: (names) => `${names} đã vào nhóm`, added: (who, names) => `${who} đã thêm ${names}`, left: (name) => `${name} đã rời nhóm`,
    removed: (who, name) => `${who} đã đưa ${name} ra khỏi nhóm`, created: "Nhóm đã được lập", migrated: "Nhóm đã được nâng cấp",
    pinned: (who) => `${who} đã ghim một tin nhắn`, noAnswer: "Bot chưa trả lời", failed: "Không làm được: ", close: "Đóng", ok: "Đồng ý",
    photoOf: "Ảnh", videoOf: "Video", voiceOf: "Tin thoại", placeOf: "Vị trí", stickerOf: "Nhãn dán", contactOf: "Danh bạ", fileOf: "Tệp",
    today: "Hôm nay", whatBot: "Bot này làm được gì?", keyboard: "Bàn phím trả lời", toBottom: "Xuống cuối", newMessages: "tin mới",
    blocked: "Đã chặn bot này", lost: "Mất kết nối, đang nối lại…", openLink: "mở liên kết", more: "Thao tác với tin này",
    quiz: "Câu đố không nêu tên", poll: "Hỏi ý kiến không nêu tên", pollClosed: "Đã kết thúc", votes: (n) => `${n} lượt trả lời`,
    rightAnswer: "đúng", yourAnswer: "bạn đã chọn",
  },
  en: {
    title: "Sandbox", choose: "Choose who to be", chooseHint: "Each person sees exactly what they would see on their phone.",
    nobody: "There is nobody in the sandbox yet.", people: "People", chats: "Chats", noChats: "No chats yet.",
    back: "Back", messages: "Messages", compose: "Message", send: "Send", attach: "Attach", photo: "Photo", place: "Location",
    voice: "Audio file", video: "Video", file: "File", start: "Start", unblock: "Unblock and restart", block: "Block bot", pickChat: "Choose a chat to see its messages",
    latitude: "Latitude", longitude: "Longitude", sendPlace: "Send location", cancel: "Cancel", edited: "edited", silent: "sent silently",
    reply: "Reply", edit: "Edit", remove: "Delete", beside: "Open another person beside", closeBeside: "Close this person", language: "Tiếng Việt",
    bot: "bot", members: (n) => `${n} members`, unread: (n) => `${n} unread`, typing: "typing…", you: "You",
    commands: "Commands", replyTo: (name) => `Reply to ${name}`, editing: "Editing message", forwarded: (name) => `Forwarded from ${name}`,
    joined: (names) => `${names} joined the group`, added: (who, names) => `${who} added ${names}`, left: (name) => `${name} left the group`,
    removed: (who, name) => `${who} removed ${name}`, created: "The group was created", migrated: "The group was upgraded",
    pinned: (who) => `${who} pinned a message`, noAnswer: "The bot has not answered", failed: "That did not work: ", close: "Close", ok: "OK",
    photoOf: "Photo", videoOf: "Video", voiceOf: "Voice message", placeOf: "Location", stickerOf: "Sticker", contactOf: "Contact", fileOf: "File",
    today: "Today", whatBot: "What can this bot do?", keyboard: "Reply keyboard", toBottom: "To the end", newMessages: "new",
    blocked: "You blocked this bot", lost: "Connection lost, reconnecting…", openLink: "opens a link", more: "Actions for this message",
    quiz: "Anonymous quiz", poll: "Anonymous poll", pollClosed: "Final results", votes: (n) => (n === 1 ? "1 vote" : `${n} votes`),
    rightAnswer: "right", yourAnswer: "your choice",
  },
};

let language = "vi";

export function speak(wanted) {
  language = wanted === "en" ? "en" : "vi";
  document.documentElement.lang = language;
}

export function spoken() {
  return language;
}

export function w(key, ...values) {
  const word = WORDS[language][key];
  return typeof word === "function" ? word(...values) : word;
}

export function timeOf(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });
}

export function dayOf(seconds) {
  const show = (date) => date.toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" });
  const day = show(new Date(seconds * 1000));
  return day === show(new Date()) ? w("today") : day;
}
