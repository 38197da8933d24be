//! Reading one file, whatever it holds and whatever happens to it meanwhile.

use super::place::is_markdown;
use super::{Library, Seen};
use crate::tip::{self, Code, MAX_FILE_BYTES, Problem};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How often a file that is written during the read is read again before the bytes are taken as they are: the watch
/// will tell of the writer's next step anyway.
const READS: usize = 3;

/// Extensions of what may be shown beside a tip, with their content types. SVG can carry scripts, so whoever serves it
/// has to forbid them.
const ASSETS: [(&str, &str); 12] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("svg", "image/svg+xml"),
    ("ico", "image/x-icon"),
    ("bmp", "image/bmp"),
    ("apng", "image/apng"),
    ("pdf", "application/pdf"),
    ("txt", "text/plain; charset=utf-8"),
];

/// A file shown beside a tip may be this large, in bytes: above it is a download, not a picture for a page.
const MAX_ASSET_BYTES: u64 = 16 << 20;

impl Library {
    /// A file's text as UTF-8, or the problem that keeps it from being text. `None` where it vanished.
    pub fn read(&self, file: &str) -> Option<Result<(String, Seen), Problem>> {
        let (bytes, seen) = match self.read_bytes(file)? {
            Ok(read) => read,
            Err(problem) => return Some(Err(problem)),
        };
        Some(tip::decode(file, bytes).map(|text| (text, seen)).map_err(|problem| *problem))
    }

    /// A file's text with a replacement character for all that is not UTF-8, to show a problem in. `None` where it
    /// cannot be read at all.
    pub fn read_lossy(&self, file: &str) -> Option<String> {
        let (bytes, _) = self.read_bytes(file)?.ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What a tip shows or hands over from beside it, by its path below the library: bytes and content type. Only
    /// pictures, PDF and plain text.
    pub fn asset(&self, file: &str) -> Option<(Vec<u8>, &'static str)> {
        let path = self.path_of(file)?;
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let (_, content_type) = ASSETS.iter().find(|(known, _)| *known == extension)?;
        let meta = std::fs::metadata(&path).ok()?;
        if !meta.is_file() || meta.len() > MAX_ASSET_BYTES || !self.inside(&path) {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(&path).ok()?.take(MAX_ASSET_BYTES + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MAX_ASSET_BYTES).then_some((bytes, *content_type))
    }

    /// True where `file` is a file that lies in the library, whatever its kind.
    pub fn holds(&self, file: &str) -> bool {
        self.path_of(file).is_some_and(|path| path.is_file() && self.inside(&path))
    }

    fn read_bytes(&self, file: &str) -> Option<Result<(Vec<u8>, Seen), Problem>> {
        let path = self.path_of(file)?;
        if !is_markdown(&path) {
            return None;
        }
        let mut last = None;
        for _ in 0..READS {
            let (bytes, seen) = match read_once(&path, file) {
                Ok(Ok(read)) => read,
                Ok(Err(size)) => return Some(Err(tip::too_large(file, size))),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
                Err(error) => return Some(Err(unreadable(file, &error))),
            };
            // After the bytes, so that a link put in place during the read is noticed too.
            if !self.inside(&path) {
                return if path.exists() { Some(Err(outside(file))) } else { None };
            }
            let now = std::fs::metadata(&path).map(|meta| Seen::of(file.to_owned(), &meta));
            let steady = now.is_ok_and(|now| now == seen) && bytes.len() as u64 == seen.size;
            last = Some(Ok((bytes, seen)));
            if steady {
                break;
            }
        }
        last
    }
}

/// The bytes and what the file looked like when they were read; only its size where that is too much.
fn read_once(path: &Path, file: &str) -> std::io::Result<Result<(Vec<u8>, Seen), usize>> {
    // Asked before opening: opening a pipe waits for somebody to write into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    let opened = File::open(path)?;
    let meta = opened.metadata()?;
    let size = usize::try_from(meta.len()).unwrap_or(usize::MAX);
    if size > MAX_FILE_BYTES {
        return Ok(Err(size));
    }
    let mut bytes = Vec::with_capacity(size + 1);
    opened.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_FILE_BYTES {
        return Ok(Err(bytes.len()));
    }
    Ok(Ok((bytes, Seen::of(file.to_owned(), &meta))))
}

fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    let help = "Give the account that runs stemwire the right to read it.";
    Problem::whole(Code::Unreadable, file, format!("The file cannot be read: {error}."), help)
}

fn outside(file: &str) -> Problem {
    let help = "Put the file itself here, or link to something inside the library.";
    Problem::whole(Code::LeavesLibrary, file, "The link leads out of the library.".to_owned(), help)
}
