// SPDX-License-Identifier: MIT
#include "app/ui/frame/open_dialog.hpp"

#include <algorithm>
#include <system_error>

#include "app/document/assets.hpp"
#include "app/document/recent_files.hpp"
#include "app/document/ui_state.hpp"
#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/typing.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

/// A script's window remembers nothing, and shows what it would without a past.
RecentFiles recent_files(const Transient& transient) {
  return RecentFiles(transient.may_write ? ui_state_path().parent_path() / "recent" : fs::path());
}

void browse(OpenBrowser& browser, const fs::path& folder) {
  std::error_code ignored;
  const fs::path from = browser.folder;
  browser.folder = fs::absolute(folder, ignored).lexically_normal();
  if (!browser.folder.has_filename()) browser.folder = browser.folder.parent_path();
  if (browser.folder.empty()) browser.folder = "/";
  browser.entries = list_folder(browser.folder, browser.problem);
  // Going up, the cursor is where one came from.
  const auto came = std::ranges::find(browser.entries, from, &FolderEntry::path);
  browser.cursor =
      came == browser.entries.end() ? 0 : static_cast<int>(came - browser.entries.begin());
  browser.scrolled = false;
}

/// Where scenes are saved by default, if there is such a folder; else home.
fs::path first_folder() {
  std::error_code ignored;
  const fs::path own = user_files_folder();
  return fs::is_directory(own, ignored) ? own : own.parent_path();
}

std::shared_ptr<OpenBrowser> make_browser(const UiContext& ctx) {
  auto browser = std::make_shared<OpenBrowser>();
  browser->recent = recent_files(ctx.transient).list();
  browse(*browser, first_folder());
  return browser;
}

/// One line of a list; true when it is clicked.
bool draw_line(UiContext& ctx, const std::string& name, FileKind kind, bool marked,
               std::string_view help) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {std::max(width, 1.0f), height});
  note_place(ctx, "file " + name);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (marked || ImGui::IsItemHovered())
    list.AddRectFilled(at, {at.x + width, at.y + height},
                       marked ? ctx.colours.accent_dim : ctx.colours.hovered, ctx.px(4));
  if (kind == FileKind::folder)
    draw_icon(list, Icon::open, {at.x + ctx.px(14), at.y + height / 2}, ctx.px(14),
              ctx.colours.faint);
  const std::string_view right = kind_name(kind);
  ImFont *font = ctx.fonts.text, *small = ctx.fonts.caption;
  const float end = text_width(small, right) + ctx.px(16);
  draw_text(list, font, {at.x + ctx.px(28), at.y + (height - font->FontSize) / 2}, ctx.colours.text,
            name, width - ctx.px(28) - end);
  draw_text(list, small, {at.x + width - end + ctx.px(8), at.y + (height - small->FontSize) / 2},
            ctx.colours.faint, right);
  hint(ctx, help);
  return clicked;
}

/// A part of the dialog that scrolls by itself; ImGui::EndChild() ends it.
void begin_list(UiContext& ctx, const char* name, ImVec2 size) {
  // Without a border ImGui leaves no margin, either.
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, ctx.px(4));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(8), ctx.px(6)});
  ImGui::BeginChild(name, size, true);
  ImGui::PopStyleVar(3);
}

/// The arrows' and pages' way through the folder; Enter is the caller's.
void move_cursor(UiContext& ctx, OpenBrowser& browser) {
  constexpr int kPage = 8;
  const auto net = [&](const char* down, const char* up) {
    return strokes(ctx, down) - strokes(ctx, up);
  };
  const int last = std::max(0, static_cast<int>(browser.entries.size()) - 1);
  int to = browser.cursor + net("Down", "Up") + kPage * net("PageDown", "PageUp");
  if (strokes(ctx, "Home")) to = 0;
  if (strokes(ctx, "End")) to = last;
  to = std::clamp(to, 0, last);
  if (to != browser.cursor) browser.scrolled = false;
  browser.cursor = to;
}

/// The folder's entries; the one that was chosen.
const FolderEntry* draw_folder(UiContext& ctx, OpenBrowser& browser, float width, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Box whole{{at.x, at.y}, {at.x + width, at.y + height}};
  begin_list(ctx, "folder", {width, height});
  const FolderEntry* chosen = nullptr;
  const bool focused = focusable(ctx, ImGui::GetID("entries"), &whole);
  if (focused) move_cursor(ctx, browser);
  if (browser.entries.empty())
    text(ctx, ctx.fonts.caption, ctx.colours.faint,
         browser.problem.empty() ? "Nothing in here can be opened." : browser.problem);
  const float line = ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y;
  if (!std::exchange(browser.scrolled, true)) {
    const float top = line * static_cast<float>(browser.cursor);
    ImGui::SetScrollY(std::clamp(ImGui::GetScrollY(), top + 2 * line - height, top));
  }
  // The second click of two is meant for the folder that the first one opened.
  const bool again = ImGui::GetIO().MouseClickedLastCount[0] > 1;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(browser.entries.size()), line);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const FolderEntry& entry = browser.entries[static_cast<std::size_t>(i)];
      ImGui::PushID(i);
      if (draw_line(ctx, entry.name, entry.kind, focused && i == browser.cursor, {}) && !again)
        chosen = &entry;
      ImGui::PopID();
    }
  if (focused && strokes(ctx, "Enter") && !browser.entries.empty())
    chosen = &browser.entries[static_cast<std::size_t>(browser.cursor)];
  if (focused && strokes(ctx, "Right") && !browser.entries.empty() &&
      browser.entries[static_cast<std::size_t>(browser.cursor)].kind == FileKind::folder)
    chosen = &browser.entries[static_cast<std::size_t>(browser.cursor)];
  const bool up = focused && strokes(ctx, "Left");
  ImGui::EndChild();
  if (up) browse(browser, browser.folder.parent_path());
  return up ? nullptr : chosen;
}

/// The files opened last; the one that was chosen.
const fs::path* draw_recent(UiContext& ctx, OpenBrowser& browser, float width, float height) {
  const fs::path* chosen = nullptr;
  begin_list(ctx, "recent", {width, height});
  text(ctx, ctx.fonts.caption, ctx.colours.faint, "Opened last");
  if (browser.recent.empty()) text(ctx, ctx.fonts.caption, ctx.colours.faint, "No file yet.");
  for (const fs::path& file : browser.recent) {
    const FileKind kind = openable_kind(file).value_or(FileKind::points);
    const std::string name = legible(file.filename().native());
    ImGui::PushID(&file);
    bool clicked = draw_line(ctx, name, kind, false, legible(file.native()));
    if (focusable(ctx) && pushed(ctx)) clicked = true;
    ImGui::PopID();
    if (clicked) chosen = &file;
  }
  ImGui::EndChild();
  return chosen;
}

/// The way up and home, and where one is.
void draw_way(UiContext& ctx, OpenBrowser& browser) {
  if (text_button(ctx, "folder up", "Up", "The folder that this one is in.   Left",
                  {.enabled = browser.folder.has_relative_path()}))
    browse(browser, browser.folder.parent_path());
  ImGui::SameLine(0, ctx.px(6));
  if (text_button(ctx, "folder own", "~/Phaseloom", "Where scenes and exports go."))
    browse(browser, first_folder());
  ImGui::SameLine(0, ctx.px(6));
  if (text_button(ctx, "folder models", "Models", "Where trained networks are kept."))
    browse(browser, user_models_folder());
  ImGui::SameLine(0, ctx.px(10));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string shown = legible(browser.folder.native());
  ImGui::InvisibleButton("where", {std::max(room, 1.0f), ImGui::GetFrameHeight()});
  hint(ctx, shown);
  // Its end says more than its beginning.
  std::string cut = shown;
  for (std::size_t from = 0; text_width(ctx.fonts.text, cut) > room;) {
    from = shown.find('/', from + 1);
    if (from == std::string::npos) break;
    cut = "…" + shown.substr(from);
  }
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {at.x, at.y + (ImGui::GetFrameHeight() - ctx.fonts.text->FontSize) / 2},
            ctx.colours.faint, cut, room);
}

/// What is typed, beside the folder where typing began; the same, if it begins at the root.
fs::path typed_path(const UiContext& ctx, const OpenBrowser& browser) {
  const fs::path named = from_home(unescaped(ctx.transient.prompt_path));
  std::error_code gone;
  const fs::path beside = browser.typed_from / named;
  return fs::exists(beside, gone) ? beside : named;
}

/// The list shows the folder that is being typed, and marks the first name that goes on like it.
void follow_typing(UiContext& ctx, OpenBrowser& browser) {
  const std::string& text = ctx.transient.prompt_path;
  if (text.empty()) browser.typed_from = browser.folder;
  if (text == browser.followed) return;
  browser.followed = text;
  std::error_code ignored;
  const fs::path named = browser.typed_from / from_home(unescaped(text));
  const bool whole = fs::is_directory(named, ignored);
  const fs::path folder = whole ? named : named.parent_path();
  if (text.empty() || !fs::is_directory(folder, ignored)) return;
  if (!fs::equivalent(folder, browser.folder, ignored)) browse(browser, folder);
  const std::string begun = legible(whole ? std::string() : named.filename().native());
  const auto at = std::ranges::find_if(
      browser.entries, [&](const FolderEntry& entry) { return entry.name.starts_with(begun); });
  if (at == browser.entries.end()) return;
  browser.cursor = static_cast<int>(at - browser.entries.begin());
  browser.scrolled = false;
}

/// What was typed: a folder is gone to, a file is opened. True when a file is.
bool take_typed(UiContext& ctx, OpenBrowser& browser) {
  const fs::path typed = typed_path(ctx, browser);
  std::error_code ignored;
  if (fs::is_directory(typed, ignored)) {
    browse(browser, typed);
    ctx.transient.prompt_path.clear();
    return false;
  }
  open_and_remember(ctx.session, ctx.transient, typed);
  return true;
}

}  // namespace

void open_and_remember(Session& session, const Transient& transient, const fs::path& file) {
  std::error_code ignored;
  if (openable_kind(file) && fs::is_regular_file(file, ignored)) recent_files(transient).note(file);
  open_file(session, file.string());
}

void draw_open(UiContext& ctx) {
  Transient& t = ctx.transient;
  if (t.open_prompt && !ImGui::IsPopupOpen("open")) {
    t.prompt_path.clear();
    t.browser = make_browser(ctx);
    ImGui::OpenPopup("open");
  }
  if (!ImGui::IsPopupOpen("open") || !begin_dialog(ctx, "open", 760)) return;
  OpenBrowser& browser = *t.browser;
  bool done = false;
  text(ctx, ctx.fonts.strong, ctx.colours.text, "Open");
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.text, ctx.colours.faint,
       "A scene (.json), a model (.safetensors), points (.csv, .tsv, .txt; in Learn the edges of a "
       "graph) or a graph (.graphml). Files can be dropped "
       "on the window, too. A scene that was copied as text, phaseloom:…, is opened when it is "
       "pasted here.");
  ImGui::PopTextWrapPos();
  if (ImGui::IsWindowAppearing()) begin_typing(ctx, ImGui::GetID("path"), t.prompt_path);
  const bool entered =
      text_field(ctx, "path", t.prompt_path, ImGui::GetContentRegionAvail().x, ctx.fonts.text);
  follow_typing(ctx, browser);
  ImGui::Dummy({0, ctx.px(2)});
  draw_way(ctx, browser);

  const float room = ImGui::GetContentRegionAvail().x, gap = ctx.px(10);
  const float height =
      std::floor(std::clamp(ImGui::GetIO().DisplaySize.y - ctx.px(300), ctx.px(120), ctx.px(340)));
  const float left = std::floor(0.62f * (room - gap));
  const FolderEntry* entry = draw_folder(ctx, browser, left, height);
  ImGui::SameLine(0, gap);
  const fs::path* recent = draw_recent(ctx, browser, room - gap - left, height);
  if (recent) {
    open_and_remember(ctx.session, ctx.transient, *recent);
    done = true;
  } else if (entry && entry->kind == FileKind::folder) {
    browse(browser, fs::path(entry->path));
  } else if (entry) {
    open_and_remember(ctx.session, ctx.transient, entry->path);
    done = true;
  }

  const float button = ctx.px(90);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - 2 * button -
                       ImGui::GetStyle().ItemSpacing.x);
  if (text_button(ctx, "cancel", "Cancel", {}, {}, button) || pressed(ctx, "Escape")) done = true;
  ImGui::SameLine();
  const bool ready = !t.prompt_path.empty();
  if ((text_button(ctx, "open", "Open", "Opens what is typed above.",
                   {.enabled = ready, .chosen = ready}, button) ||
       entered) &&
      ready && !done)
    done = take_typed(ctx, browser);
  if (done) {
    t.open_prompt = false;
    t.prompt_path.clear();  // what is saved next has a name of its own
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace phaseloom
