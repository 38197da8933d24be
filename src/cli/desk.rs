//! What every command is given.

use super::terminal::Terminal;
use crate::config::Config;

/// What every command is given.
pub(super) struct Desk {
    pub config: Config,
    pub json: bool,
    pub out: Terminal,
}

impl Desk {
    /// What addresses begin with: the public address, or nothing.
    pub fn base(&self) -> &str {
        self.config.public_url.as_deref().unwrap_or_default()
    }
}
