//! What somebody may be in danger of, and the words by which a tip speaks of it. English only.

/// What somebody is in danger of, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Kind {
    /// They speak of taking their own life, or of hurting themselves.
    SelfHarm,
    /// Breath, consciousness or the heart fails, or somebody falls and stays down.
    Breath,
    /// A body reacts to what it ate or touched. An allergy alone is none: whoever asks what to eat is answered.
    Allergy,
    /// Somebody swallowed or took what harms.
    Poison,
    /// An animal swallowed what harms it, or fails.
    Pet,
    /// Somebody is burned, bleeding, or shocked by current.
    Injury,
    /// Fire or smoke, gas or fumes, or a battery about to burn.
    Fire,
    /// Somebody is attacked, or threatened, or afraid of whom they live with.
    Violence,
}

impl Kind {
    /// Words of which a tip must have one to speak of the danger: those of what to do once it has happened.
    pub(super) fn spoken_of(self) -> &'static str {
        match self {
            Self::SelfHarm => "suicide|suicidal|self harm|crisis line|helpline",
            Self::Breath => "choking|choke|unconscious|breathing|resuscitation|cpr|ambulance|first aid",
            Self::Allergy => "anaphylaxis|anaphylactic|epipen|swelling|swollen|allergic reaction",
            Self::Poison => "swallowed|swallows|swallow|poisoned|poisoning|overdose",
            Self::Pet => "cat|cats|dog|dogs|pet|pets|animal|animals|kitten|puppy|vet",
            Self::Injury => "burns|scald|scalds|bleeding|electric shock|injury|injured|first aid",
            Self::Fire => "on fire|catch fire|smell gas|smell of gas|gas leak|monoxide|swollen|swells|bulging|sparks",
            Self::Violence => "violence|violent|abusive|stalking|stalker|refuge",
        }
    }
}
