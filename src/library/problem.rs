//! The problems that only the folder can see: what keeps a file from being a text at all.

use crate::tip::{Code, Problem};

/// A problem of the whole file.
pub(super) fn whole(code: Code, file: &str, message: String, help: &str) -> Problem {
    Problem { code, file: file.to_owned(), span: 0..0, line: 1, column: 1, message, help: help.to_owned(), fix: None }
}

/// The problem of bytes that are not UTF-8, at the first byte that is not.
pub(super) fn not_text(code: Code, file: &str, bytes: &[u8], error: std::str::Utf8Error) -> Problem {
    let start = error.valid_up_to();
    let before = String::from_utf8_lossy(&bytes[..start]);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let (message, help) = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            ("the file is saved as UTF-16".to_owned(), "Save it as UTF-8 (without a byte order mark, if asked).")
        }
        _ => (
            format!("byte 0x{:02X} is not UTF-8 text", bytes.get(start).copied().unwrap_or_default()),
            "Save the file as UTF-8; in most editors this is under \"Save with encoding\".",
        ),
    };
    Problem {
        code,
        file: file.to_owned(),
        // In the text shown for it, one replacement character (three bytes) stands for what cannot be read.
        span: start..start + char::REPLACEMENT_CHARACTER.len_utf8(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
        help: help.to_owned(),
        fix: None,
    }
}
