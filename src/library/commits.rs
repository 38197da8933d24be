//! The day of each file's last commit, asked of git where it is there.
//!
//! One `git log` for all files, read as it comes, newest commit first, and stopped in time: what was read until then is
//! right for the files it names.

use super::Library;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

/// How long git may take before it is stopped: long enough for some hundred thousand commits, short enough that a
/// first start does not seem to hang.
const PATIENCE: Duration = Duration::from_secs(10);

/// Up to so many files are named to git; above, the whole history is read instead, since a command line is bounded.
const NAMED: usize = 100;

/// Whether somebody committed, pulled or checked out since it was last asked.
pub struct History {
    /// The log that git writes at each such step; none where there is no git.
    log: Option<PathBuf>,
    seen: Option<(SystemTime, u64)>,
}

impl History {
    /// True once for each step, and the first time where there is a history at all.
    pub fn moved(&mut self) -> bool {
        let meta = self.log.as_ref().and_then(|log| std::fs::metadata(log).ok());
        let now = meta.and_then(|meta| Some((meta.modified().ok()?, meta.len())));
        let moved = now.is_some() && now != self.seen;
        self.seen = now;
        moved
    }
}

impl Library {
    /// The library's history, as far as git keeps one.
    pub fn history(&self) -> History {
        let mut git = self.git();
        git.args(["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"]);
        let said = git.output().ok().filter(|out| out.status.success());
        let log = said.and_then(|out| String::from_utf8(out.stdout).ok()).map(|path| PathBuf::from(path.trim_end()));
        History { log, seen: None }
    }

    /// Day of each file's last commit, where git is there and knows.
    pub fn commit_days(&self) -> HashMap<String, NaiveDate> {
        self.ask_git(&[])
    }

    /// The same for some files only: cheap enough for every save.
    pub fn commit_days_of(&self, files: &[&str]) -> HashMap<String, NaiveDate> {
        if files.is_empty() {
            return HashMap::new();
        }
        let mut days = self.ask_git(if files.len() > NAMED { &[] } else { files });
        days.retain(|file, _| files.contains(&file.as_str()));
        days
    }

    fn ask_git(&self, files: &[&str]) -> HashMap<String, NaiveDate> {
        let mut days = HashMap::new();
        let Ok(mut child) = self.git_log(files).spawn() else { return days };
        let Some(out) = child.stdout.take() else { return days };
        let (send, receive) = mpsc::sync_channel(1024);
        let reader = std::thread::spawn(move || {
            for token in BufReader::new(out).split(0) {
                if token.map_or(true, |token| send.send(token).is_err()) {
                    break;
                }
            }
        });
        collect(&receive, &files.iter().copied().collect(), &mut days);
        drop(receive);
        stop(&mut child);
        // It ends with git's output, or as soon as it has something to send.
        let _ = reader.join();
        days
    }

    fn git_log(&self, files: &[&str]) -> Command {
        let mut git = self.git();
        git.stdout(Stdio::piped());
        git.args(["log", "-z", "--format=%x01%cs", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "--"]);
        if files.is_empty() {
            git.arg(".");
        }
        git.args(files);
        git
    }

    /// git, in the library, with nothing said yet.
    fn git(&self) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.root());
        // A repository's own settings must not start programs or change what is printed.
        git.args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"]);
        for inherited in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            git.env_remove(inherited);
        }
        git.env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null()).stderr(Stdio::null());
        git
    }
}

/// Reads `\x01DAY`, NUL, then NUL-ended names (the first after a line break) until all of `wanted` are known (where
/// any is), git has no more to say, or patience is over.
fn collect(tokens: &mpsc::Receiver<Vec<u8>>, wanted: &HashSet<&str>, days: &mut HashMap<String, NaiveDate>) {
    let deadline = Instant::now() + PATIENCE;
    let mut day = None;
    while let Ok(token) = tokens.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        let Ok(token) = String::from_utf8(token) else { continue };
        if let Some(written) = token.strip_prefix('\u{1}') {
            day = NaiveDate::parse_from_str(written.trim(), "%Y-%m-%d").ok();
            continue;
        }
        let file = token.strip_prefix('\n').unwrap_or(&token);
        if let Some(day) = day
            && file.ends_with(".md")
        {
            days.entry(file.to_owned()).or_insert(day);
            if !wanted.is_empty() && wanted.iter().all(|w| days.contains_key(*w)) {
                return;
            }
        }
    }
}

fn stop(child: &mut Child) {
    // Errors mean that it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}
