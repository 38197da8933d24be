//! The frame of every page: head, the way to the other pages, the directive at the foot.

/// The pages that the bar leads to, in order.
const BAR: [(&str, &str); 5] =
    [("/", "Console"), ("/library", "Library"), ("/balloons", "Balloons"), ("/pulse", "Pulse"), ("/docs", "API")];

/// What differs between pages. Texts are plain, `head` and `main` are HTML.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame<'a> {
    pub title: &'a str,
    /// Classes of the body: which page it is.
    pub kind: &'a str,
    /// BCP 47; English where it is empty.
    pub lang: &'a str,
    /// A folder of `console/` whose `page.css` the page wears beside the shell's.
    pub style: Option<&'a str>,
    /// A folder of `console/` whose `page.js` makes the page work.
    pub script: Option<&'a str>,
    /// More for the head.
    pub head: &'a str,
    pub main: &'a str,
    /// The page's own address, where it has the bar and the desk's foot: pages for those who work here.
    pub desk: Option<&'a str>,
    pub directive: Option<&'a str>,
    /// Origins that may show the page in a frame, for its script.
    pub ancestors: &'a [String],
}

/// A whole page.
pub(super) fn page(frame: &Frame) -> String {
    let Frame { kind, main, .. } = frame;
    let lang = if frame.lang.is_empty() { "en" } else { frame.lang };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n{head}</head>\n<body class=\"{kind}\"{ancestors}>\n{bar}{main}\n{foot}</body>\n</html>\n",
        lang = escape(lang),
        ancestors = ancestors(frame.ancestors),
        head = head(frame),
        bar = frame.desk.map(bar).unwrap_or_default(),
        foot = foot(frame),
    )
}

fn ancestors(origins: &[String]) -> String {
    match origins {
        [] => String::new(),
        origins => format!(" data-ancestors=\"{}\"", escape(&origins.join(" "))),
    }
}

fn head(frame: &Frame) -> String {
    let style = |name: &str| format!("<link rel=\"stylesheet\" href=\"/assets/{name}.css\">\n");
    let script = |name: &str| format!("<script type=\"module\" src=\"/assets/{name}.js\"></script>\n");
    let mut head = format!(
        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
         <link rel=\"icon\" href=\"/assets/art/icon.svg\" type=\"image/svg+xml\">\n",
        escape(frame.title)
    );
    head.push_str(&style("shell/base"));
    if frame.desk.is_some() {
        head.push_str(&style("shell/parts"));
    }
    if let Some(folder) = frame.style {
        head.push_str(&style(&format!("{folder}/page")));
    }
    if let Some(folder) = frame.script {
        head.push_str(&script(&format!("{folder}/page")));
    }
    head.push_str(frame.head);
    head
}

fn bar(here: &str) -> String {
    let links: String = BAR
        .iter()
        .map(|(path, name)| {
            let current = if *path == here { " aria-current=\"page\"" } else { "" };
            format!("<a href=\"{path}\"{current}>{name}</a>")
        })
        .collect();
    format!(
        "<a class=\"skip\" href=\"#main\">Skip to the page</a>\n<header class=\"bar\">\n\
         <a class=\"brand\" href=\"/\"><img src=\"/assets/art/icon.svg\" alt=\"\" width=\"24\" height=\"24\">stemwire</a>\n\
         <nav aria-label=\"Pages\">{links}</nav>\n</header>\n"
    )
}

/// The directive, and on the desk's pages the keys that work everywhere; what the keys open is drawn by the shell.
fn foot(frame: &Frame) -> String {
    let directive = frame.directive.map(|text| format!("<p class=\"directive\">{}</p>\n", escape(text)));
    let directive = directive.unwrap_or_default();
    let desk = match frame.desk {
        Some(_) => {
            "<p class=\"foot-keys\">\
             <button type=\"button\" class=\"quiet-button\" id=\"balloon-open\">Let go a balloon <kbd>B</kbd></button>\
             <button type=\"button\" class=\"quiet-button\" id=\"keys-open\">Keys <kbd>?</kbd></button></p>\n"
        }
        None => "",
    };
    format!("<footer class=\"foot\">\n{directive}{desk}</footer>\n")
}

/// Text as HTML that means just that text.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
