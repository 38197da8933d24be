//! The keys that turn what a customer is called into a hash: a file of 32-byte keys, newest first.
//! It is made at first start, is never overwritten, and is never printed.

use super::error::LedgerError;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// As in the file, where the first is the one that is written with; there is always one.
pub(super) struct Keys {
    all: Vec<[u8; 32]>,
    /// The place of the one that this ledger was first written with: what must never change is made with it.
    oldest: usize,
}

/// More keys than anyone rotates through within a retention period; each makes every look-up longer.
const MOST_KEYS: usize = 8;

impl Keys {
    /// Reads the file. None where there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Keys>, LedgerError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(path, format!("the key file cannot be read: {error}"))),
        };
        let mut keys = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = blake3::Hash::from_hex(line)
                .map_err(|_| fault(path, format!("line {} is no key: a key is 64 hexadecimal digits", number + 1)))?;
            if *key.as_bytes() == [0; 32] {
                let text = "a key of zeros hides nobody: make one with `openssl rand -hex 32`";
                return Err(fault(path, format!("line {} is {text}", number + 1)));
            }
            keys.push(*key.as_bytes());
        }
        match keys.len() {
            0 => Err(fault(path, "there is no key in it; restore it from a backup".to_owned())),
            n if n > MOST_KEYS => {
                Err(fault(path, format!("it holds {n} keys, more than {MOST_KEYS}: drop the oldest")))
            }
            _ => Ok(Some(Keys { oldest: keys.len() - 1, all: keys })),
        }
    }

    /// Makes the file with one new key, readable by its owner alone. Where another process was first, its key counts.
    pub(super) fn make(path: &Path) -> Result<Keys, LedgerError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| fault(path, format!("no randomness for a key: {error}")))?;
        let text = format!(
            "# What turns customers into hashes in stemwire's ledger. Without this file they become strangers:\n\
             # keep it, keep it secret, and keep it apart from backups of the ledger.\n{}\n",
            blake3::Hash::from_bytes(key).to_hex()
        );
        let beside = beside(path);
        let made = write_new(&beside, &text).and_then(|()| std::fs::hard_link(&beside, path));
        let _ = std::fs::remove_file(&beside);
        match made {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(fault(path, format!("the key file cannot be made: {error}")))
            }
            _ => Self::read(path)?.ok_or_else(|| fault(path, "the key file was there and is gone".to_owned())),
        }
    }

    /// Says by their fingerprints, oldest first, with which keys the ledger was written.
    ///
    /// # Errors
    /// The fingerprint of one that is not in the file.
    pub(super) fn know(&mut self, written: &[String]) -> Result<(), String> {
        let fingerprints = self.fingerprints();
        if let Some(gone) = written.iter().find(|one| !fingerprints.contains(one)) {
            return Err(gone.clone());
        }
        if let Some(first) = written.first() {
            self.oldest = fingerprints.iter().position(|one| one == first).unwrap_or(self.oldest);
        }
        Ok(())
    }

    /// The hash of a text by each key, newest first. `purpose` keeps hashes of different things apart.
    pub(super) fn hashes(&self, purpose: &str, text: &str) -> impl Iterator<Item = [u8; 16]> {
        self.all.iter().map(move |key| hash(key, purpose, text))
    }

    /// The hash by the oldest key, which stays the same whatever keys are added.
    pub(super) fn oldest_hash(&self, purpose: &str, text: &str) -> [u8; 16] {
        hash(&self.all[self.oldest], purpose, text)
    }

    /// A key for another purpose, made from the oldest one, which it does not give away.
    pub(super) fn seed(&self, purpose: &str) -> [u8; 32] {
        *blake3::Hasher::new_keyed(&self.all[self.oldest])
            .update(b"seed\0")
            .update(purpose.as_bytes())
            .finalize()
            .as_bytes()
    }

    /// What tells one key from another without giving it away; newest first.
    pub(super) fn fingerprints(&self) -> Vec<String> {
        self.hashes("fingerprint", "").map(|hash| hex(&hash)).collect()
    }
}

/// Says so where everybody on the machine can read the keys: with them, names can be tried out.
#[cfg(unix)]
pub(super) fn warn_if_open(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0, |meta| meta.permissions().mode());
    if mode & 0o007 != 0 {
        let mode = format!("{:03o}", mode & 0o777);
        tracing::warn!(file = %path.display(), mode, "every user of this machine can get at the customers' keys; chmod 600 it");
    }
}

#[cfg(not(unix))]
pub(super) fn warn_if_open(_: &Path) {}

/// 128 bits: a billion customers share one with a chance below one in 10^20.
fn hash(key: &[u8; 32], purpose: &str, text: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(purpose.as_bytes()).update(&[0]).update(text.as_bytes());
    let mut short = [0; 16];
    hasher.finalize_xof().fill(&mut short);
    short
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn fault(path: &Path, detail: String) -> LedgerError {
    LedgerError::Key { path: path.to_owned(), detail }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", uuid::Uuid::now_v7().simple()));
    path.with_file_name(name)
}

/// Makes a file that its owner alone can read, whatever the umask.
pub(super) fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = private(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
