//! What every command is given.

use super::terminal::Terminal;
use crate::config::Config;

/// What every command is given.
pub(super) struct Desk {
    pub config: Config,
    pub json: bool,
    pub out: Terminal,
}
