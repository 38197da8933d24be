//! The sample library, compiled in, and unpacking it for somebody who has none yet.

use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::terminal::note;
use crate::app::plant;
use rust_embed::Embed;
use std::path::Path;

#[derive(Embed)]
#[folder = "tips/"]
struct Sample;

pub(super) fn unpack(desk: &Desk, folder: &Path) -> Run {
    let occupied = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(Failure::Said(format!("{}: {error}", folder.display()))),
    };
    if occupied {
        return Err(Failure::Said(format!(
            "{} is not empty; name a folder that is empty or not there yet",
            folder.display()
        )));
    }
    std::fs::create_dir_all(folder).map_err(|e| Failure::Said(format!("{}: {e}", folder.display())))?;
    let mut files = 0;
    for file in Sample::iter() {
        let data = Sample::get(&file).map(|found| found.data).unwrap_or_default();
        plant(folder, &file, &String::from_utf8_lossy(&data))?;
        files += 1;
    }
    if desk.json {
        desk.out.json(&serde_json::json!({"folder": folder.to_string_lossy(), "files": files}))?;
    } else {
        desk.out.line(folder.to_string_lossy())?;
    }
    let library =
        if folder == desk.config.library { String::new() } else { format!(" --library {}", folder.display()) };
    note(&format!(
        "Unpacked {files} files.\n\n  To serve them:   stemwire{library}\n  \
         To ask at once:  stemwire suggest{library} a bunch of gerberas for our anniversary please"
    ));
    Ok(Ended::Done)
}
