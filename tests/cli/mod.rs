//! The binary as people and scripts meet it: output, streams, exit codes. Every test runs the real program in a
//! folder of its own.

mod asking;
mod checking;
mod help;
mod learning;
mod making;
mod remembering;
mod serving;
mod settings;
mod several;
mod shapes;
mod slips;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder to run in, and what to run there.
struct Place {
    folder: TempDir,
}

/// What a run left behind.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn empty() -> Place {
        Place { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    /// With a library of one trade, small enough to be read in a moment.
    fn with_library() -> Place {
        let place = Place::empty();
        place.write("tips/_index.md", ROOT);
        place.write("tips/flowers/gerbera/_index.md", GERBERA);
        place.write("tips/flowers/gerbera/wire.md", WIRE);
        place.write("tips/flowers/gerbera/water.md", WATER);
        place.write("tips/flowers/roses/drying.md", DRYING);
        place
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        std::fs::write(&path, text).expect("a file can be written");
        path
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }

    /// The program in this folder, knowing nothing of the environment of whoever runs the tests.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stemwire"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("STEMWIRE_") || matches!(&*name, "NO_COLOR" | "CLICOLOR" | "CLICOLOR_FORCE" | "COLUMNS")
            {
                command.env_remove(name);
            }
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the program runs"))
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        // It may end before it has read everything, which is no fault of the test.
        drop(child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes())));
        Ran::of(child.wait_with_output().expect("it ends"))
    }
}

impl Ran {
    fn of(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("everything it prints is UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// All of it, for a snapshot.
    fn told(&self) -> String {
        let code = self.code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
        format!("{}--- stderr\n{}--- exit {code}\n", self.out, self.err)
    }

    #[track_caller]
    fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{}", self.told());
        self
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}\n{}", self.told()))
    }
}

const ROOT: &str = "---
title: A flower shop
lang: en
issues:
  buying: [a bunch of, bouquet for, I would like some]
  gift: [for our anniversary, as a present, it is her birthday]
---
Nobody goes home with a problem that we saw coming.
";

const GERBERA: &str = "---
title: Gerbera daisies
aliases: [gerbera, gerber daisy]
issues:
  drooping:
    title: Stems droop
    says: [flopping over, heads hang down, gone limp]
---
Soft stems, long-lived heads.
";

const WIRE: &str = "---
when: [buying, gift]
prevents: drooping
after: 3 days
expected: 0.6
wire: Two pieces of florist's wire
---
# What do I do when my gerberas droop?

They hang their heads after a few days. Coil this wire round each stem and they stand up again.

The stem is soft and hollow, so it bends under the flower.
";

const WATER: &str = "---
when: buying
prevents: drooping
after: 5 days
---
# How full should the vase be for gerberas?

Give them a few fingers of water only, because their hairy stems go soft when they stand deep.
";

const DRYING: &str = "---
when: gift
wire: \"[How to dry a rose](https://example.com/dry)\"
---
# Can we keep one of the roses for good?

Hang one upside down in a dark cupboard while it still looks lovely, and it keeps its shape.
";
