//! Addresses in links: which are harmless, and where a relative one leads inside the library.

use super::TipId;

/// Where a link of a tip leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Another host, a mail address or a phone number.
    Outside,
    /// A place on the same page.
    Here,
    /// A file of the library by its path, with what follows it (`?…`, `#…`).
    File { path: String, tail: String },
    /// A path that leads out of the library.
    Beyond,
    /// A scheme that is never followed: `javascript:`, `data:`, `file:` …
    Refused,
}

/// True where a browser that follows the address runs nothing and reads no local file.
pub(super) fn harmless(url: &str) -> bool {
    !matches!(target("", url), Target::Refused)
}

/// Where `url` leads from a file in the library's folder `folder`.
pub(super) fn target(folder: &str, url: &str) -> Target {
    // Browsers drop control characters and spaces around and inside a scheme, so they are dropped before looking.
    let url: String = url.chars().filter(|c| !c.is_control()).collect();
    let url = url.trim();
    if url.starts_with("//") || url.starts_with("\\\\") || url.starts_with("/\\") || url.starts_with("\\/") {
        return Target::Outside;
    }
    if let Some(scheme) = scheme(url) {
        let allowed = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return if allowed { Target::Outside } else { Target::Refused };
    }
    if url.is_empty() || url.starts_with(['#', '?']) {
        return Target::Here;
    }
    let end = url.find(['#', '?']).unwrap_or(url.len());
    let (path, tail) = url.split_at(end);
    let path = path.replace('\\', "/");
    let from = if path.starts_with('/') { "" } else { folder };
    match join(from, &percent_decoded(&path)) {
        Some(path) => Target::File { path, tail: tail.to_owned() },
        None => Target::Beyond,
    }
}

/// What stands in front of the first `:`, unless a `/`, `?` or `#` comes before it.
fn scheme(url: &str) -> Option<&str> {
    let at = url.find([':', '/', '?', '#'])?;
    (url.as_bytes()[at] == b':').then(|| url[..at].trim())
}

fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `%20` and the like as the characters they stand for; left alone where that is not UTF-8.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let (bytes, mut decoded, mut at) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair.filter(|_| bytes[at] == b'%').filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()));
        match byte.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// The address on this server of a library's path: a tip's or a section's page, or a plain file.
pub(super) fn served(path: &str, tail: &str) -> String {
    let page = page(path).map(|id| format!("/t/{}", encoded(id)));
    page.unwrap_or_else(|| file(path)) + tail
}

/// The address on this server of a file of the library that is no tip.
pub(super) fn file(path: &str) -> String {
    format!("/files/{}", encoded(path))
}

/// The id of the tip or section that a path in a link means: `a/b.md`, `a/b`, `a/b/` and `a/b/_index.md` all can.
pub(super) fn page(path: &str) -> Option<&str> {
    let id = path.strip_suffix("/_index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    TipId::valid(id).then_some(id)
}

fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => address.push(byte as char),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}
