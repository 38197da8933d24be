//! The arguments as typed. Help texts lead with examples, and every option says what leaving it out means.

use super::ledger_args::{BalloonArgs, ForesightArgs, GapsArgs, LearnArgs, LedgerArgs, OutcomeArgs, PromiseArgs};
use clap::builder::styling::{AnsiColor, Styles};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Parser)]
#[command(
    name = "stemwire",
    version,
    about = "The tip engine for support agents: volunteers the one answer the customer did not ask for.",
    before_help = EXAMPLES,
    after_help = AFTER,
    styles = STYLES,
    infer_long_args = false,
    disable_help_subcommand = false,
    max_term_width = 100
)]
pub(super) struct Args {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  stemwire new --sample tips            unpack a sample library to start from
  stemwire                              serve it: a page, and an HTTP API
  stemwire suggest \"a bunch of gerberas for our anniversary please\"
  stemwire check                        find what is wrong before customers do";

const AFTER: &str = "\
Each common option is also a variable: STEMWIRE_LIBRARY, STEMWIRE_JSON=1 and so on.
Data goes to stdout, all else to stderr. Exit codes: 0 done, 1 the answer is no, 2 could not run.";

/// Terminal colours kept to what helps to find the words.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// Options of every command, before or after its name.
#[derive(clap::Args)]
pub(super) struct Common {
    /// The folder of tips [default: tips]
    #[arg(long, global = true, value_name = "DIR", help_heading = COMMON)]
    pub library: Option<String>,
    /// Where the search index is kept [default: index]
    #[arg(long, global = true, value_name = "DIR", help_heading = COMMON)]
    pub index: Option<String>,
    /// Where contacts, outcomes, balloons and promises are kept [default: sqlite:stemwire.db]
    #[arg(long, global = true, value_name = "URL", help_heading = COMMON)]
    pub ledger: Option<String>,
    /// Address and port to serve on; port 0 takes a free one [default: 127.0.0.1:7171]
    #[arg(long, global = true, value_name = "ADDR", help_heading = COMMON)]
    pub listen: Option<String>,
    /// A Model2Vec folder instead of the embedding table that is compiled in
    #[arg(long, global = true, value_name = "DIR", help_heading = COMMON)]
    pub model: Option<String>,
    /// Take tips marked as drafts too
    #[arg(long, global = true, help_heading = COMMON)]
    pub drafts: bool,
    /// Answer in JSON
    #[arg(long, global = true, help_heading = COMMON)]
    pub json: bool,
    /// Read settings from FILE [default: stemwire.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", help_heading = COMMON)]
    pub config: Option<PathBuf>,
}

const COMMON: &str = "Common options";

impl Common {
    /// What was given, by the name of its setting.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        let texts = [
            ("library", &self.library),
            ("index", &self.index),
            ("ledger", &self.ledger),
            ("listen", &self.listen),
            ("model", &self.model),
        ];
        let given = texts.into_iter().filter_map(|(key, text)| text.as_ref().map(|text| (key, text.clone())));
        given.chain(self.drafts.then(|| ("drafts", "true".to_owned()))).collect()
    }
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Serve the page and the HTTP API; what a bare `stemwire` does
    #[command(before_help = "Examples:\n  stemwire serve\n  stemwire serve --library ~/tips --listen 127.0.0.1:8080")]
    Serve,
    /// The one tip worth volunteering now, or why there is none
    #[command(
        before_help = "Examples:\n  stemwire suggest a bunch of gerberas for our anniversary please\n  stemwire suggest --product gerbera --issue buying\n  pbpaste | stemwire suggest -"
    )]
    Suggest(SuggestArgs),
    /// Find tips by their words
    #[command(
        before_help = "Examples:\n  stemwire search gerbera stems\n  stemwire search '\"florist wire\"' --product flowers"
    )]
    Search(SearchArgs),
    /// Find what is wrong with the library, all of it
    #[command(
        before_help = "Examples:\n  stemwire check\n  stemwire check tips/flowers --fix\n  stemwire check --format sarif > problems.sarif"
    )]
    Check(CheckArgs),
    /// Write a new tip's file from its question, or unpack a sample library
    #[command(
        before_help = "Examples:\n  stemwire new \"What do I do when my gerberas droop?\" --section flowers/gerbera\n  stemwire new --sample tips"
    )]
    New(NewArgs),
    /// Show one tip
    #[command(
        before_help = "Examples:\n  stemwire show flowers/gerbera/wire\n  stemwire show flowers/gerbera/wire --source"
    )]
    Show(ShowArgs),
    /// Take contacts of the past into the ledger, to learn what follows what
    #[command(
        before_help = "Examples:\n  stemwire learn contacts.csv\n  stemwire learn --sample                a simulated past, to look around in\n  zcat contacts.ndjson.gz | stemwire learn -\n\nA table: customer,at,product,issue; beside them id, position and text. Doing it again counts nothing twice."
    )]
    Learn(LearnArgs),
    /// What customers come back with, learned from contacts
    #[command(
        before_help = "Examples:\n  stemwire foresight --product gerbera --issue buying\n  stemwire foresight --issue buying --issue drooping --limit 10"
    )]
    Foresight(ForesightArgs),
    /// What no tip is there for, by the contacts that it could save
    #[command(before_help = "Examples:\n  stemwire gaps\n  stemwire gaps --limit 100 --json")]
    Gaps(GapsArgs),
    /// The directive and its measures: right first time, promises, balloons, does it help
    #[command(before_help = "Examples:\n  stemwire pulse\n  stemwire pulse --json")]
    Pulse,
    /// Report what became of a tip: told, helped, declined …; or take a report back
    #[command(
        before_help = "Examples:\n  stemwire outcome flowers/gerbera/wire told --customer C-1042\n  stemwire outcome flowers/gerbera/wire dismissed --reason inaccurate\n  stemwire outcome --withdraw ID"
    )]
    Outcome(OutcomeArgs),
    /// Hand in an idea, wish or note; see what became of one; decide about one
    #[command(
        before_help = "Examples:\n  stemwire balloon \"Sell vases with the roses\" --product roses --from Dana\n  stemwire balloon --receipt RECEIPT\n  stemwire balloon --list --state waiting\n  stemwire balloon --decline ID --because \"The supplier asks us not to.\""
    )]
    Balloon(BalloonArgs),
    /// Note what was promised on a contact; see what falls due; say whether it was kept
    #[command(
        before_help = "Examples:\n  stemwire promise \"Call back about the refund\" --due '2 days' --owner Dana\n  stemwire promise --list --state due\n  stemwire promise --kept ID"
    )]
    Promise(PromiseArgs),
    /// Show or erase what is kept about a customer; see whether the ledger is well
    #[command(
        before_help = "Examples:\n  stemwire ledger export --customer C-1042\n  stemwire ledger erase --customer C-1042\n  stemwire ledger check"
    )]
    Ledger(LedgerArgs),
    /// Measure the engine on questions with known answers
    #[command(
        before_help = "Examples:\n  stemwire evaluate cases.jsonl\n\nA line: {\"text\": \"my flowers flop over\", \"expect\": {\"issue\": \"flowers/gerbera:drooping\"}}"
    )]
    Evaluate(EvaluateArgs),
    /// Make tips from a JSONL or CSV file; never overwrites
    #[command(
        before_help = "Examples:\n  stemwire import answers.csv --dry-run\n  stemwire import answers.jsonl --section flowers"
    )]
    Import(ImportArgs),
    /// Write the library to stdout in one piece
    #[command(before_help = "Examples:\n  stemwire export > tips.jsonl\n  stemwire export --format csv > tips.csv")]
    Export(ExportArgs),
    /// Tell more about a code of `check`; without one, list all
    #[command(before_help = "Examples:\n  stemwire explain SW001\n  stemwire explain")]
    Explain(ExplainArgs),
    /// Print a shell's completions
    #[command(
        before_help = "Examples:\n  stemwire completions bash > /etc/bash_completion.d/stemwire\n  stemwire completions zsh > ~/.zfunc/_stemwire"
    )]
    Completions(CompletionsArgs),
}

#[derive(clap::Args)]
pub(super) struct SuggestArgs {
    /// What the customer says, in any words; `-` reads them from stdin
    pub words: Vec<String>,
    /// A product by id, name or alias; may be repeated
    #[arg(long)]
    pub product: Vec<String>,
    /// An issue by id or name; may be repeated
    #[arg(long)]
    pub issue: Vec<String>,
    /// How far the contact has come: opening, middle, closing or follow-up
    #[arg(long)]
    pub stage: Option<String>,
    /// How the customer seems to feel: angry, anxious, confused, happy or in-a-hurry
    #[arg(long)]
    pub mood: Option<String>,
    /// A fact about the customer: `anniversary`, or `customer-since=2019`; may be repeated
    #[arg(long, value_name = "FACT")]
    pub occasion: Vec<String>,
    /// Id of a tip that this customer was told before; may be repeated
    #[arg(long, value_name = "ID")]
    pub told: Vec<String>,
    /// Who the customer is to you: looks up in the ledger what they had and were told [default: nobody]
    #[arg(long)]
    pub customer: Option<String>,
    /// Language of the tips, as `en` or `pt-BR` [default: any]
    #[arg(long)]
    pub lang: Option<String>,
    /// Further tips at most
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=20))]
    pub limit: u8,
    /// Show how the score adds up
    #[arg(long)]
    pub explain: bool,
}

#[derive(clap::Args)]
pub(super) struct SearchArgs {
    /// Words to look for; "in quotes" for a phrase; `-` reads them from stdin
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Only tips for this product or below it; may be repeated
    #[arg(long)]
    pub product: Vec<String>,
    /// Only tips for this issue; may be repeated
    #[arg(long)]
    pub issue: Vec<String>,
    /// Only tips with this tag; may be repeated
    #[arg(long)]
    pub tag: Vec<String>,
    /// Only `tip` or only `craft`
    #[arg(long)]
    pub kind: Option<String>,
    /// Results at most
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub limit: u8,
    /// Go on where an earlier answer's `next` points
    #[arg(long)]
    pub cursor: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct CheckArgs {
    /// A file or folder of the library [default: all of it]
    pub path: Option<PathBuf>,
    /// How to print what was found [default: human]
    #[arg(long, value_enum)]
    pub format: Option<CheckFormat>,
    /// Mend what is safe to mend, then report what is left
    #[arg(long)]
    pub fix: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people: the words at fault underlined
    Human,
    /// One JSON object
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(clap::Args)]
pub(super) struct NewArgs {
    /// The question that the customer would come back with
    #[arg(required_unless_present = "sample")]
    pub question: Option<String>,
    /// The section it belongs to, such as flowers/gerbera [default: the library's root]
    #[arg(long, value_name = "SECTION")]
    pub section: Option<String>,
    /// Unpack the sample library into DIR, which must be empty or not there yet
    #[arg(long, value_name = "DIR", conflicts_with_all = ["question", "section"])]
    pub sample: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(super) struct ShowArgs {
    /// The tip's id or one of its former ids
    pub id: String,
    /// Print the file as it is
    #[arg(long)]
    pub source: bool,
}

#[derive(clap::Args)]
pub(super) struct EvaluateArgs {
    /// A JSONL file of questions with expected answers; `-` reads stdin
    pub cases: PathBuf,
    /// List the cases that came out otherwise, with their lines
    #[arg(long)]
    pub failed: bool,
}

#[derive(clap::Args)]
pub(super) struct ImportArgs {
    /// A .jsonl or .csv file with at least `question` and `answer`; `-` reads JSONL from stdin
    pub file: PathBuf,
    /// Where tips go that do not name a section [default: the library's root]
    #[arg(long, value_name = "SECTION")]
    pub section: Option<String>,
    /// Report what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(clap::Args)]
pub(super) struct ExportArgs {
    /// Shape of the output
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    /// A table with a heading line
    Csv,
}

#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    /// A code such as SW001
    pub code: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// The whole command line, as clap knows it: for parsing, completions, and the tests that hold documents to it.
pub fn command() -> clap::Command {
    Args::command()
}
