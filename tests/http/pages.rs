//! The pages: each whole, none that asks another host or runs what a tip says.

use super::desk::Desk;

const PAGES: [&str; 10] = [
    "/",
    "/library",
    "/balloons",
    "/pulse",
    "/style",
    "/docs",
    "/problems",
    "/problems/internal",
    "/problems/SW001",
    "/t/flowers/gerbera/wire",
];

#[tokio::test]
async fn pages_are_whole_and_stay_at_home() {
    let desk = Desk::new();
    for path in PAGES {
        let page = desk.get(path).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        for part in ["<!doctype html>", "<html lang=\"en\">", "<title>", "name=\"viewport\"", "<main"] {
            assert!(page.body.contains(part), "{path} has no {part}");
        }
        for name in ["src=\"", "href=\""] {
            for link in page.body.split(name).skip(1) {
                let link = link.split('"').next().unwrap();
                let link = link.strip_prefix("http://127.0.0.1:7171").unwrap_or(link);
                let ours = link.starts_with('/') && !link.starts_with("//") || link.starts_with('#');
                assert!(ours || link == "https://example.com/care", "{path} links to {link}");
            }
        }
        assert!(
            !page.body.contains("style=\"") && !page.body.contains("<style") && !page.body.contains("onclick"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_assets_that_pages_name_are_there() {
    let desk = Desk::new();
    for path in PAGES {
        let body = desk.get(path).await.body;
        for asset in body.split('"').filter(|part| part.starts_with("/assets/")) {
            let found = desk.get(asset).await;
            assert_eq!(found.status, 200, "{asset}");
            for import in found.body.split('\'').filter(|part| part.starts_with("/assets/")) {
                assert_eq!(desk.get(import).await.status, 200, "{import}");
            }
        }
    }
}

#[tokio::test]
async fn assets_are_packed_for_whoever_takes_that() {
    let desk = Desk::new();
    let path = "/assets/console/page.js";
    let plain = desk.get(path).await;
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    for takes in ["gzip", "br, gzip;q=0.5", "deflate, GZIP"] {
        let packed = desk.ask("GET", path, &[("accept-encoding", takes)], "").await;
        assert_eq!((packed.status, packed.header("content-encoding")), (200, "gzip"), "{takes}");
        assert_ne!(packed.header("etag"), plain.header("etag"), "two representations, two tags");
        let again = [("accept-encoding", takes), ("if-none-match", packed.header("etag"))];
        assert_eq!(desk.ask("GET", path, &again, "").await.status, 304);
    }
    for takes in ["identity", "gzip;q=0", "br"] {
        assert_eq!(desk.ask("GET", path, &[("accept-encoding", takes)], "").await.body, plain.body, "{takes}");
    }
    let picture = desk.ask("GET", "/assets/art/preview.png", &[("accept-encoding", "gzip")], "").await;
    assert_eq!(picture.header("content-encoding"), "", "a picture is as small as can be");
}

#[tokio::test]
async fn a_tip_runs_nothing() {
    let desk = Desk::new();
    for (path, accept) in [("/t/flowers/gerbera/wire", "*/*"), ("/v1/tips/flowers/gerbera/wire", "text/html")] {
        let body = desk.ask("GET", path, &[("accept", accept)], "").await.body;
        assert!(body.contains("<strong>soft</strong>"), "{body}");
        let tips = body.replace("<script type=\"module\" src=\"/assets/tip/page.js\"></script>", "");
        assert!(!tips.contains("<script"), "{body}");
    }
    let html = desk.get("/v1/suggest?text=gerberas").await.body;
    assert!(!html.contains("<script"), "{html}");
}

#[tokio::test]
async fn pictures_are_served_and_run_nothing() {
    let desk = Desk::new();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    std::fs::write(desk.folder.path().join("tips/flowers/stem.svg"), svg).unwrap();
    let seen = desk.get("/files/flowers/stem.svg").await;
    if seen.status == 200 {
        assert_eq!(seen.header("content-type"), "image/svg+xml");
        assert!(seen.header("content-security-policy").contains("sandbox"));
    }
    std::fs::write(desk.folder.path().join("tips/flowers/stem.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let seen = desk.get("/files/flowers/stem.png").await;
    assert_eq!((seen.status, seen.header("content-type")), (200, "image/png"));
}

#[tokio::test]
async fn an_address_that_asks_marks_its_page() {
    let desk = Desk::new();
    for path in ["/", "/embed"] {
        assert!(!desk.get(path).await.body.contains("asking"), "{path}");
        assert!(desk.get(&format!("{path}?text=hello")).await.body.contains(" asking\""), "{path}");
    }
}
