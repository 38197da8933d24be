//! Who may call: without keys, this machine alone, and no web page that its user visits.
//!
//! A page elsewhere can make a browser send requests here; a name of its own that it points at this machine (DNS
//! rebinding) can even make them look like its own. The first shows in `Origin` and `Sec-Fetch-Site`, the second in
//! `Host`.

use super::problem::{Kind, Problem};
use axum::http::{HeaderMap, Method, Uri, header};

/// Names under which the server answers, lower case, without port.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    hosts: Vec<String>,
}

const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

impl Guard {
    /// Loopback's names and the configured ones.
    pub fn new(configured: &[String]) -> Self {
        let names = LOOPBACK.iter().map(ToString::to_string);
        Self { hosts: names.chain(configured.iter().map(|h| without_port(h).to_ascii_lowercase())).collect() }
    }

    pub fn knows(&self, host: &str) -> bool {
        let name = without_port(host);
        self.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Whether the request may be answered.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        if headers.get_all(header::HOST).iter().count() > 1 {
            return Err(Problem::new(Kind::InvalidHeader, "`Host` is given more than once."));
        }
        let given = headers.get(header::HOST).map(|v| v.to_str().unwrap_or_default());
        let host = uri.authority().map(|a| a.as_str()).or(given).unwrap_or_default();
        if !self.knows(host) {
            let shown: String = host.chars().take(100).collect();
            let detail = format!("The host {shown:?} is not one of this server's names. Its operator can add it.");
            return Err(Problem::new(Kind::HostNotAllowed, detail));
        }
        let foreign = headers.get(header::ORIGIN).is_some_and(|origin| !same_host(origin.as_bytes(), host));
        let site = headers.get("sec-fetch-site").map_or(&b"none"[..], |v| v.as_bytes());
        let apart = !matches!(site, b"none" | b"same-origin");
        if foreign || (apart && !visits_page(method, uri, headers)) {
            return Err(Problem::new(Kind::OriginNotAllowed, "Only pages of this server and programs may call it."));
        }
        Ok(())
    }
}

/// True where somebody follows a link to one of our pages, or another page shows the panel in a frame: that tells the
/// page they came from nothing. Who may frame the panel, its policy tells the browser.
fn visits_page(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|v| v.as_bytes() == value.as_bytes());
    let page = !uri.path().starts_with("/v1/") && uri.path() != "/metrics";
    let framed = uri.path() == "/embed" && says("sec-fetch-dest", "iframe");
    let shown = framed || says("sec-fetch-dest", "document");
    *method == Method::GET && page && says("sec-fetch-mode", "navigate") && shown
}

fn same_host(origin: &[u8], host: &str) -> bool {
    let rest = origin.strip_prefix(b"http://").or_else(|| origin.strip_prefix(b"https://"));
    rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host.as_bytes()))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}
