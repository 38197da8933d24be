//! The words of a frightened text in one plain form, and the groups of words that patterns name. English only.
//!
//! Whoever is frightened types without apostrophes and with slips; patterns are written once, for the full forms.

use super::super::tokens;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Stands between clauses: no word of a text is written so.
pub(super) const BREAK: &str = ",";

/// Who may die, and whom a customer speaks of by what they are to them.
pub(super) const KIN: &str = "dad|daddy|father|mum|mummy|mom|mam|mother|husband|hubby|wife|partner|boyfriend|\
    girlfriend|fiance|son|daughter|brother|sister|grandmother|grandma|gran|granny|nan|nana|grandfather|grandad|\
    granddad|grandpa|grandson|granddaughter|uncle|aunt|auntie|nephew|niece|friend|cousin|child|children|kid|kids|\
    baby|toddler|boy|girl|twin|twins|colleague|parents|neighbour|neighbor|he|she";

/// The other people of whom something is told; "old" ends "my two year old".
const OTHERS: &str = "someone|somebody|man|men|woman|lady|guy|person|stranger|ex|driver|courier|engineer|technician|\
    customer|guest|colleagues|friends|flatmate|roommate|family|infant|newborn|old|ones|him|her";

/// More than one of them; "they" are also things, and the company.
const MANY: &str = "they|people|everyone|everybody";

/// Animals that live with people.
const PETS: &str = "cat|cats|kitten|kittens|kitty|dog|dogs|puppy|pup|rabbit|bunny|hamster|parrot|budgie|pet|pets|\
    horse";

/// What runs on current or holds a charge: of these smoke and sparks mean fire, of a chat or a tyre they may not.
const DEVICES: &str = "phone|mobile|iphone|smartphone|handset|battery|batteries|charger|router|modem|tv|telly|plug|\
    socket|outlet|laptop|computer|tablet|ipad|pc|adapter|adaptor|powerbank|cable|wire|wires|wiring|lead|cooker|\
    oven|boiler|fridge|dryer|kettle|heater|toaster|microwave|dishwasher|machine|console|watch|headset|earbuds|\
    airpods|fusebox|meter|lamp|blanket|scooter|switch|supply|cord|hub|appliance|conditioner|washer|hoover|\
    vacuum|hoverboard|ebike|bike|drone|speaker|printer|stove|hob";

/// What burns around people.
const PLACES: &str = "house|home|flat|apartment|kitchen|building|garage|car|van|room|bedroom|bathroom|lounge|office|\
    shop|store|shed|roof|bed|mattress|curtain|curtains|sofa|carpet|hair|clothes|shirt|sleeve|bin|garden|hallway|\
    basement|loft";

/// Where a swelling shuts off the breath.
const AIRWAY: &str = "face|lip|lips|throat|tongue|mouth|eye|eyes|neck|airway";

/// What is burned or cut by accident. Not the tongue: a hot curry burns that.
const LIMBS: &str = "hand|hands|arm|arms|finger|fingers|thumb|leg|legs|foot|feet|face|skin|head|knee|wrist|eye|eyes|\
    nose|ear";

/// What must not go down anybody's throat, in a shop's parcels and in a home.
const HARMFUL: &str = "battery|batteries|magnet|magnets|bleach|detergent|cleaner|cleaning|descaler|antifreeze|acid|\
    pellet|pellets|pod|pods|gel|silica|leaf|leaves|lily|lilies|pollen|bulb|bulbs|ivy|monstera|plant|\
    fertiliser|fertilizer|pesticide|poison|perfume|sanitiser|pills|tablets|medicine|medication|needle|screw|\
    coin|mercury";

/// What is food for people and none for animals.
const HARMS_PETS: &str = "berries|berry|chocolate|chocolates|raisins|grapes|onion|onions|xylitol|foil|ribbon|string";

/// What one does to another that is a crime.
const STRUCK: &str = "attacked|assaulted|beaten|punched|slapped|kicked|strangled|choked|raped|stabbed|shot|\
    kidnapped|abducted|abused|threatened|grabbed|groped";

/// A group of words that a pattern names as `<name>`.
pub(super) fn group(name: &str) -> Vec<&'static str> {
    let lists: &[&'static str] = match name {
        "kin" => &[KIN],
        "one" => &[KIN, OTHERS],
        "he" => &[KIN, OTHERS, MANY],
        "who" => &[KIN, OTHERS, MANY, "i|we"],
        "pet" => &[PETS],
        "device" => &[DEVICES],
        "thing" => &[DEVICES, PLACES],
        "place" => &[PLACES],
        "airway" => &[AIRWAY],
        "limb" => &[LIMBS],
        "harmful" => &[HARMFUL],
        "harms-pets" => &[HARMFUL, HARMS_PETS],
        "self" => &["myself|himself|herself|themselves|themself|yourself"],
        "partner" => &["husband|wife|partner|boyfriend|girlfriend|ex|him|dad|father|stepdad"],
        "stranger" => &["man|men|someone|somebody|guy|stranger|person|he|they|people|customer|intruder"],
        "was" => &["is|was|were|am|been|being|got|get|getting"],
        "call" => &["call|called|calling|need|needs|send|get|rang|ring|phoned|phone|fetch"],
        "pills" => {
            &["pills|tablets|paracetamol|ibuprofen|aspirin|meds|medication|medicine|painkillers|antidepressants|xanax"]
        }
        "many" => &["all|whole|entire|too|bottle|packet|pack|box|bunch|handful|lots|20|30|40|50|60|100"],
        "ate" => &["ate|eaten|eating|drank|drunk|drinking|licked|licking|chewed|chewing|bitten|nibbled|nibbling"],
        "swollen" => &["swollen|swelling|swelled|swells|bulging|bulged|bloated|puffed|puffy"],
        "smells" => &["smell|smells|smelling|smelled|smelt|stinks|stink|reeks"],
        "strikes" => {
            &[STRUCK, "hit|hits|hitting|beat|beats|beating|punches|slaps|kicks|attacks|threatens|hurts|hurting"]
        }
        "struck" => &[STRUCK],
        "staff" => &["driver|courier|engineer|technician|guy|stranger|colleague|boss|teacher"],
        "weapon" => &["knife|gun|machete|axe|weapon|rifle|pistol"],
        _ => &[],
    };
    lists.iter().flat_map(|list| list.split('|')).collect()
}

/// Helping verbs, articles, possessives and adverbs: they may stand between any two words of a pattern, so that
/// "choking" is heard in "is choking", "has been choking" and "just now choking". Never "not", "nearly", "never".
const BETWEEN: &str = "is|are|was|were|am|be|been|being|has|have|had|got|do|does|did|will|can|keep|keeps|kept|feel|\
    feels|feeling|felt|just|now|really|very|so|still|also|actually|already|suddenly|recently|sadly|unexpectedly|\
    badly|severely|heavily|completely|totally|literally|currently|properly|slowly|seriously|probably|again|the|a|an|\
    my|his|her|their|our|your|this|that|some|its|both|strong|little|small|huge";

static LITTLE: LazyLock<HashSet<&str>> = LazyLock::new(|| BETWEEN.split('|').collect());

pub(super) fn stands_between(word: &str) -> bool {
    LITTLE.contains(word)
}

/// What people run together or leave the apostrophe out of, written out, so that a pattern is written once.
const RUN_TOGETHER: [(&str, &str); 32] = [
    ("cannot", "can not"),
    ("cant", "can not"),
    ("wont", "will not"),
    ("isnt", "is not"),
    ("arent", "are not"),
    ("aint", "is not"),
    ("wasnt", "was not"),
    ("dont", "do not"),
    ("doesnt", "does not"),
    ("didnt", "did not"),
    ("couldnt", "could not"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("im", "i am"),
    ("ive", "i have"),
    ("ill", "i will"),
    ("weve", "we have"),
    ("hes", "he is"),
    ("shes", "she is"),
    ("its", "it is"),
    ("theres", "there is"),
    ("whats", "what is"),
    ("theyre", "they are"),
    ("theyve", "they have"),
    ("someones", "someone is"),
    ("somebodys", "somebody is"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("anymore", "any more"),
    ("noone", "nobody"),
    ("breath", "breathe"),
    ("wakeup", "wake up"),
];

/// The words of `text`, lower case and written out, with a break between clauses. "mums choking" is "mum is choking".
pub(super) fn plain(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for clause in tokens::sentences(text) {
        for word in tokens::words(clause) {
            let out = RUN_TOGETHER.iter().find(|(run, _)| *run == word).map(|(_, out)| *out);
            let of_kin = word.strip_suffix('s').filter(|kin| KIN.split('|').any(|one| one == *kin));
            match (out, of_kin) {
                (Some(out), _) => all.extend(out.split(' ').map(str::to_owned)),
                (None, Some(kin)) => all.extend([kin.to_owned(), "is".to_owned()]),
                _ if word == "but" => all.push(BREAK.to_owned()),
                _ => all.push(meant(&word).map_or(word, str::to_owned)),
            }
        }
        all.push(BREAK.to_owned());
    }
    all
}

/// Telling words that are hard to spell, and near to no other word: these are heard through a slip of the finger.
const HARD_TO_SPELL: [&str; 24] = [
    "allergic",
    "ambulance",
    "anaphylactic",
    "attacked",
    "battery",
    "bleeding",
    "breathe",
    "breathing",
    "choking",
    "collapsed",
    "electric",
    "electrocuted",
    "monoxide",
    "overdose",
    "paracetamol",
    "paramedics",
    "poisoned",
    "seizure",
    "strangled",
    "suicidal",
    "suicide",
    "swallowed",
    "threatened",
    "unconscious",
];

fn meant(typed: &str) -> Option<&'static str> {
    HARD_TO_SPELL.into_iter().find(|meant| is_slip(typed, meant) && typed.strip_suffix('s') != Some(*meant))
}

/// True where `typed` is `meant` with a letter too few, one too many, two swapped, or one vowel for another. A
/// consonant for another is none: "exploded" and "explored", "burning" and "burying" are words of their own.
pub(super) fn is_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let from = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[from..], &meant[from..]);
    let vowel = |b: &u8| b"aeiou".contains(b);
    match (typed, meant) {
        _ if from == 0 => false,
        ([_, rest @ ..], _) if rest == meant => true,
        (_, [_, rest @ ..]) if rest == typed => true,
        ([a, b, rest @ ..], [c, d, same @ ..]) if a == d && b == c => rest == same,
        ([a, rest @ ..], [b, same @ ..]) => vowel(a) && vowel(b) && rest == same,
        _ => false,
    }
}
