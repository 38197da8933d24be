//! The frame of the pages that the server writes itself.

/// A whole page. `title` is plain text; `main` is HTML.
pub(super) fn page(title: &str, kind: &str, main: &str, foot: Option<&str>) -> String {
    let title = escape(title);
    let foot = foot.map(|text| format!("<p class=\"directive\">{}</p>", escape(text))).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/assets/page.css\">\n</head>\n<body class=\"{kind}\">\n\
         <main>\n{main}\n</main>\n<footer>{foot}</footer>\n</body>\n</html>\n"
    )
}

/// Text as HTML that means just that text.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
