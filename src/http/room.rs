//! How many connections the system lets us hold: each is an open file.

/// Open files that are kept for everything but connections: the index, the ledger (some ten connections with up to
/// three files each), the library that is read and watched. Where few are allowed, half.
const RESERVE: u64 = 256;

/// Allows this process what it may allow itself, and gives back how many connections there is room for.
pub(super) fn connections(wanted: u64) -> u64 {
    let Some(files) = raised(wanted.saturating_add(RESERVE)) else { return wanted };
    let room = room(files).min(wanted);
    if room < wanted {
        tracing::warn!(
            open_files = files,
            wanted,
            connections = room,
            "the system allows too few open files for limits.connections: fewer are accepted at once. Raise its limit \
             (LimitNOFILE= of systemd, ulimit -n of a shell), or lower limits.connections"
        );
    }
    room
}

/// Connections that leave enough of this many open files for the rest.
fn room(files: u64) -> u64 {
    files.saturating_sub(RESERVE.min(files / 2)).max(1)
}

/// The open files that are allowed, once they are raised as far as `wanted` where the system lets us; none without limit.
#[cfg(unix)]
fn raised(wanted: u64) -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let current = limit.current?;
    if current >= wanted {
        return Some(current);
    }
    let most = limit.maximum.map_or(wanted, |most| most.min(wanted));
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum: limit.maximum });
    Some(if raised.is_ok() { most } else { current })
}

#[cfg(not(unix))]
fn raised(_: u64) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::room;

    #[test]
    fn some_files_are_left_for_the_rest() {
        assert_eq!([1, 64, 512, 1024, 4096].map(room), [1, 32, 256, 768, 3840]);
    }
}
