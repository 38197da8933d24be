//! Markdown to HTML: what is shown, and that nothing in it can run, load from elsewhere or leave its box.

use proptest::prelude::*;
use stemwire::tip::{TipId, plain_text, render_html};

fn html(markdown: &str) -> String {
    render_html(markdown, &TipId::new("flowers/gerbera/wire"))
}

#[track_caller]
fn shows(markdown: &str, expected: &str) {
    let found = html(markdown);
    assert_eq!(found.trim(), expected, "{markdown}");
    safe(&found).unwrap();
}

#[test]
fn plain_markdown() {
    shows(
        "*soft* and **hollow** `stem` ~~no~~",
        "<p><em>soft</em> and <strong>hollow</strong> <code>stem</code> <s>no</s></p>",
    );
    shows("# One\n\n### Three", "<h2>One</h2>\n<h3>Three</h3>");
    shows("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    shows(
        "- [x] cut\n- [ ] fill",
        "<ul>\n<li><input type=\"checkbox\" disabled checked> cut</li>\n<li><input type=\"checkbox\" disabled> fill</li>\n</ul>",
    );
    shows("```sh \" onclick=x\na < b\n```", "<pre><code class=\"language-sh\">a &lt; b\n</code></pre>");
    shows(
        "a[^1]\n\n[^1]: note",
        "<p>a<sup class=\"footnote-ref\">1</sup></p>\n<div class=\"footnote\"><sup>1</sup>\n<p>note</p>\n</div>",
    );
    shows(
        "| a | b |\n|---|--:|\n| 1 | 2 |",
        "<table>\n<thead>\n<tr><th>a</th><th align=\"right\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td align=\"right\">2</td></tr>\n</tbody>\n</table>",
    );
    shows("one  \ntwo\n\n---", "<p>one<br>\ntwo</p>\n<hr>");
}

#[test]
fn links() {
    shows("[r](../roses/thorns.md)", "<p><a href=\"/t/flowers/roses/thorns\">r</a></p>");
    shows("[r](/bank/card#lost)", "<p><a href=\"/t/bank/card#lost\">r</a></p>");
    shows("[r](guide%20one.pdf)", "<p><a href=\"/files/flowers/gerbera/guide%20one.pdf\">r</a></p>");
    shows("[r](../_index.md)", "<p><a href=\"/t/flowers\">r</a></p>");
    shows("[r](../../../etc/passwd)", "<p>r</p>");
    shows("[r](%2e%2e/%2e%2e/%2e%2e/etc/passwd)", "<p>r</p>");
    shows(
        "[r](https://a.org \"t\\\"x\")",
        "<p><a href=\"https://a.org\" title=\"t&quot;x\" rel=\"noopener noreferrer\">r</a></p>",
    );
    shows("<a@b.org>", "<p><a href=\"mailto:a@b.org\" rel=\"noopener noreferrer\">a@b.org</a></p>");
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "java&#10;script:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        " javascript:x",
        "&#1;javascript:x",
        "blob:x",
    ] {
        shows(&format!("[r](<{url}>)"), "<p>r</p>");
    }
}

#[test]
fn what_a_browser_reads_as_another_host_is_one() {
    let rel = "rel=\"noopener noreferrer\"";
    shows("[q](/\\evil.example)", &format!("<p><a href=\"/\\evil.example\" {rel}>q</a></p>"));
    shows("[q](/&Tab;/evil.example)", &format!("<p><a href=\"/\t/evil.example\" {rel}>q</a></p>"));
}

#[test]
fn images() {
    shows(
        "![a \"b\"](stem.png 't')",
        "<p><img src=\"/files/flowers/gerbera/stem.png\" alt=\"a &quot;b&quot;\" title=\"t\"></p>",
    );
    shows("![far](https://a.org/x.png)", "<p><a href=\"https://a.org/x.png\" rel=\"noopener noreferrer\">far</a></p>");
    shows(
        "[![far](//a.org/x.png)](https://b.org)",
        "<p><a href=\"https://b.org\" rel=\"noopener noreferrer\">far</a></p>",
    );
    shows("![x](javascript:alert(1))", "<p>x</p>");
    shows("![a *b* ![c](d.png)](e.png)", "<p><img src=\"/files/flowers/gerbera/e.png\" alt=\"a b c\"></p>");
}

#[test]
fn bare_addresses() {
    shows(
        "see https://a.org/x_y(z)?q=1&b=2.",
        "<p>see <a href=\"https://a.org/x_y(z)?q=1&amp;b=2\" rel=\"noopener noreferrer\">https://a.org/x_y(z)?q=1&amp;b=2</a>.</p>",
    );
    shows("(www.a.org)", "<p>(<a href=\"https://www.a.org\" rel=\"noopener noreferrer\">www.a.org</a>)</p>");
    shows(
        "write kim@shop.example, please",
        "<p>write <a href=\"mailto:kim@shop.example\" rel=\"noopener noreferrer\">kim@shop.example</a>, please</p>",
    );
    shows("`https://a.org` and 3://4 and a@b", "<p><code>https://a.org</code> and 3://4 and a@b</p>");
    shows("[https://a.org](b.md)", "<p><a href=\"/t/flowers/gerbera/b\">https://a.org</a></p>");
}

#[test]
fn raw_html() {
    shows("press <kbd class=x onclick='y'>Ctrl</kbd>", "<p>press <kbd>Ctrl</kbd></p>");
    shows("a <script>alert(1)</script> b", "<p>a  b</p>");
    shows("<script>\nalert(1)\n\nx\n</script>\n\nb", "<p>b</p>");
    shows("<style>*{}</style> b", "b");
    shows("a <b>open\n\nnext", "<p>a <b>open</b></p>\n<p>next</p>");
    shows("a </p></div></body> b", "<p>a  b</p>");
    shows("*a <b>x* y</b>", "<p><em>a <b>x</b></em> y</p>");
    shows("<li>out of the box", "out of the box");
    shows("<ul><li>in a list</ul>", "<ul><li>in a list</li></ul>");
    shows(
        "<details><summary>More</summary>\n\n*text*\n\n</details>",
        "<details><summary>More</summary>\n<p><em>text</em></p>\n</details>",
    );
    shows("a<!-- secret --> b <img src=x onerror=alert(1)>", "<p>a b </p>");
    shows("<div>Fish &amp; chips &lt; &#106;&#x6a; &\n</div>", "Fish &amp; chips &lt; &#106;&amp;#x6a; &amp;");
    shows("a<br/>b<wbr>", "<p>a<br>b<wbr></p>");
    shows(
        "x <a href=\"javascript:alert(1)\">y</a> <svg/onload=alert(1)> <b/>",
        "<p>x y &lt;svg/onload=alert(1)&gt; <b></b></p>",
    );
    shows("a \u{202e}evil\u{2066} \u{7}b", "<p>a evil b</p>");
}

/// True HTML, as far as this writer may write it: known tags, properly nested, known attributes, harmless addresses.
fn safe(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if rest[..at].contains('>') {
            return Err(format!("a bare > in {html}"));
        }
        let end = rest[at..].find('>').ok_or_else(|| format!("a tag without end in {html}"))?;
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing in {html}"));
            }
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        let known = "p h2 h3 h4 h5 h6 blockquote pre code ul ol li div sup sub table thead tbody tr th td em strong s \
            a img input br hr wbr b i u kbd mark small details summary del ins q abbr cite var samp";
        if !known.split_whitespace().any(|tag| tag == name) {
            return Err(format!("<{name}> in {html}"));
        }
        let mut attributes = tag[name.len()..].trim();
        while let Some((attribute, after)) = attributes.split_once("=\"") {
            let attribute = attribute.trim().rsplit(' ').next().unwrap_or_default();
            let (value, after) = after.split_once('"').ok_or_else(|| format!("an open quote in {html}"))?;
            if !["href", "src", "alt", "title", "rel", "class", "align", "type", "start"].contains(&attribute) {
                return Err(format!("the attribute {attribute} in {html}"));
            }
            let starts = ["/", "http://", "https://", "mailto:", "tel:"];
            let value = value.trim().to_lowercase();
            if attribute == "href" && !starts.iter().any(|start| value.starts_with(start)) && !value.starts_with("\\") {
                return Err(format!("an address {value} in {html}"));
            }
            if attribute == "src" && !value.starts_with("/files/") {
                return Err(format!("loads {value} in {html}"));
            }
            attributes = after;
        }
        if !["", "disabled", "disabled checked"].contains(&attributes.trim()) {
            return Err(format!("{attributes} in {html}"));
        }
        if !["img", "input", "br", "hr", "wbr"].contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stays open in {html}")) }
}

/// Pieces that markdown and HTML give a meaning to, and those that attacks are made of.
fn twisted() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "b c",
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "# ",
        "- ",
        "1. ",
        "> ",
        "* ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "|",
        "\n|-|-|\n",
        "[",
        "](",
        ")",
        "]",
        "![",
        "[x]: ",
        "[^1]",
        "[^1]: ",
        "[ ] ",
        "<",
        ">",
        "</",
        "/>",
        "<b>",
        "</b>",
        "<i>",
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<details>",
        "</details>",
        "<summary>",
        "<table>",
        "<td>",
        "<pre>",
        "</pre>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<textarea>",
        "<svg onload=x>",
        "<img src=x onerror=y>",
        "<a href=\"javascript:x\">",
        "</a>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "<!x>",
        "\"",
        "'",
        "=",
        "onclick=",
        "javascript:",
        "data:",
        "https://",
        "http://a.b",
        "www.a.b",
        "x@y.z",
        "mailto:",
        "//",
        "\\",
        "&",
        "&amp;",
        "&lt;",
        "&#60;",
        "&#x3c;",
        "&quot;",
        "\u{202e}",
        "\u{0}",
        "\u{feff}",
        "é",
        "日本",
        "🌼",
        "---",
        "===",
        "../",
        "x.md",
        "x.png",
        "%2e%2e",
        "%00",
        "%",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(crate::tip::rounds())]

    #[test]
    fn twisted_markdown_is_safe(markdown in twisted()) {
        prop_assert_eq!(safe(&html(&markdown)), Ok(()));
    }

    #[test]
    fn any_text_is_safe(markdown in any::<String>()) {
        prop_assert_eq!(safe(&html(&markdown)), Ok(()));
        prop_assert!(!plain_text(&markdown).contains('\n'));
    }
}

/// The examples of the CommonMark specification are a good collection of odd texts.
#[test]
fn commonmark_examples_are_safe() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/commonmark_spec.txt");
    let path = std::env::var("COMMONMARK_SPEC").unwrap_or_else(|_| path.to_owned());
    let Ok(spec) = std::fs::read_to_string(&path) else {
        println!("skipped: there is no CommonMark specification; COMMONMARK_SPEC may name one");
        return;
    };
    let fence = "`".repeat(32);
    let mut examples = 0;
    for example in spec.split(&format!("{fence} example")).skip(1) {
        let markdown = example.split_once('\n').map_or("", |(_, rest)| rest);
        let markdown = markdown.split(&fence).next().unwrap_or_default();
        let markdown = markdown.split("\n.\n").next().unwrap_or_default().replace('→', "\t");
        safe(&html(&markdown)).unwrap();
        plain_text(&markdown);
        examples += 1;
    }
    assert!(examples > 600, "{examples} examples in {path}");
}
