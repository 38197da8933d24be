//! What is handed over with a tip: a thing in words, or a link.

use super::Wire;

/// Reads `Two pieces of wire`, `[Set-up guide](https://…)` or a bare address.
pub(super) fn wire(text: &str) -> Wire {
    let text = text.trim();
    let link = text.strip_prefix('[').and_then(|text| text.strip_suffix(')')).and_then(|text| text.split_once("]("));
    if let Some((label, url)) = link {
        let url = url.trim().trim_start_matches('<').trim_end_matches('>').trim();
        let label = super::plain::plain_text(label);
        let label = if label.is_empty() { url.to_owned() } else { label };
        return Wire { label, url: (!url.is_empty()).then(|| url.to_owned()) };
    }
    let address = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| text.starts_with(scheme));
    let url = (address && !text.contains(char::is_whitespace)).then(|| text.to_owned());
    Wire { label: text.to_owned(), url }
}
