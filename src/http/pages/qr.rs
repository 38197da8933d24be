//! A QR code as a picture within the page.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// Light modules around the code, as ISO/IEC 18004 wants them.
const MARGIN: i32 = 4;

/// The code for a text as SVG; none where the text is too long for one.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            // Dark modules beside each other are one bar.
            let dark = (x..code.size()).take_while(|at| code.get_module(*at, y)).fold(0, |dark, _| dark + 1);
            if dark > 0 {
                // Writing to a String does not fail.
                let _ = write!(path, "M{},{}h{dark}v1h-{dark}z", x + MARGIN, y + MARGIN);
            }
            x += dark.max(1);
        }
    }
    Some(format!(
        "<svg class=\"code\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"QR code of this page’s address\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}
