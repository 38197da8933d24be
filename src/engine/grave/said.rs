//! What people say when somebody is in danger, kind by kind, in the language of `pattern`. English only.
//!
//! Each line is an outright statement: who, and what befalls them. What merely names a danger ("a smoke alarm", "an
//! allergy") is none, so that whoever asks about it is answered.

use super::kinds::Kind;

/// The kinds with what is said of each.
pub(super) const SAID: [(Kind, &str); 8] = [
    (Kind::SelfHarm, SELF_HARM),
    (Kind::Breath, BREATH),
    (Kind::Allergy, ALLERGY),
    (Kind::Poison, POISON),
    (Kind::Pet, PET),
    (Kind::Injury, INJURY),
    (Kind::Fire, FIRE),
    (Kind::Violence, VIOLENCE),
];

/// Said of oneself or of another. Nothing unsays these but a song or a story.
const SELF_HARM: &str = "
    kill|killing|killed|hang|hanging|hanged|harm|harming|hurting|cutting|shoot|drown <self> !laughing
    to|will|might hurt|cut <self> !slack|slice|piece
    hurts <self>
    end|ending|take|taking|took life|lives !easier|insurance
    end|ending|take|taking|took own life|lives
    want|wants|wanted to|too die !on|of|laughing|hair|dress|shirt|clothes|fabric
    suicidal
    thinking|thoughts|think|thought|talking|talks|talk of|about suicide
    commit|commits|commiting|committing|committed|attempt|attempted|attempting|tried suicide
    ^ suicide $
    not want to live !in|at|near|next|there|on|without|here|slow|alone
    not want to be alive|here any|no more|longer
    not want to exist
    not want|will to wake up any|no|ever
    i can not go on any|like|living|much|$ !!wifi|internet|broadband|connection|signal|speed|website|site|app|page|game
    i want|going|need|have to end it $ !!contract|subscription|plan|call|chat|membership|order|deal|account|broadband|internet|wifi|phone|line|service|package|tariff|sim|trial
    thinking|think of|about ending it|everything $|all !!contract|subscription|plan|call|membership
    end|ending|ended it all|tonight !contract|contracts|subscription|call
    better off without me
    better off dead
    better off if i dead|gone|not
    wish|wished i dead
    wish|wished i never born
    rather be|to dead|die
    no|any reason|point .. to|for|in|of live|living
    point of|in living
    life not worth living
    want to disappear $|forever
    nothing .. live for
    not see .. point|reason .. living|live
    tired of living|life
    nobody|one will|would miss|notice me .. gone|dead
    took|taken|taking|take|takes overdose
    overdose|overdosed|overdosing
    took|taken|swallowed|ate|taking <many> .. <pills>
    going|want|wants|about|ready to jump $|off|bridge|roof
    <kin>|i standing|sitting on|at roof|bridge|ledge
    jump|jumping|jumped off|from bridge|roof|building|balcony|cliff
";

/// With a person as subject: a wifi chokes, a tent collapses, an app does not respond.
const BREATH: &str = "
    <who> choking|choked|chokes !up|saw|heard|bill|price
    not breathing !fabric|leather
    <who> .. not breathe !in|laughter|laughing|easy
    ^ can not breathe
    help can not breathe
    <who>|<pet> .. stopped breathing
    struggling|struggles|trouble|difficulty|difficulties|fighting|gasping|hardly|barely breathing|breathe !easy
    gasping|fighting|struggling for air
    struggling|struggles|hard|fighting|gasping|short|difficult|trouble|unable to|for|of|with breathing|breathe
    <one>|lips|face|skin turning|turned|going|gone|went blue|purple|grey $|and|around|in|what
    lips|face|he|she|baby blue $|and
    <one>|<pet> .. unconscious
    ^ unconscious
    <one>|<pet> unresponsive
    lost|losing|loses|lose consciousness
    numb|numbness .. face|side|arm
    side of body|face numb|weak
    slurred|slurring speech|words
    speech slurred
    hard|difficult time breathing
    baby|toddler|child|infant fell|fallen|rolled off bed|table|sofa|counter
    <who> passed|blacked|passing|blacking|passes out !of|flyers|cards|leaflets|candy|drinks|name|names|number|text|lines
    <who> faint|fainted|fainting
    <who> collapsed|collapses|collapsing !laughing
    <one> ... and collapsed|fainted
    <he> not wake|waking|woken up $|what|and|please|i|help
    not|never wake|waking him|her|them|<kin>
    <kin>|<pet> not moving|responding|responsive !house|flat|contract|account|until|out|email|emails|calls|to
    <one> can not stand up $
    <one> dying !to|for|laughter|laughing|boredom|inside
    <kin>|i can not move $|legs|arms
    <who> fell|fallen|falls|fall ... not get|getting|stand|move|moving|wake|answer|answering|responding
    <who> fell|fallen|falls .. stairs|ladder|roof|window|balcony|scaffold|pole|tree|bike|horse !for
    <one> lying|laying|lies|unconscious .. floor|ground
    <one> on floor|ground !floor|plan
    <one> ... and is on floor|ground !floor|plan
    <who> seizing|convulsing
    <who>|<pet> having|has|had|have|got|went seizure|seizures|convulsions
    <who> having|has|had|have|suffered|suffering stroke !of|order|plate
    <he> having fit|fits !about|over|because|that|for
    having|had|has|have|suffered|suffering|got heart|cardiac attack|arrest !pills|medication|tablets|risk
    chest pain|pains|hurts|hurting|hurt|tight|tightness|aches
    heart stopped|not beating
    face drooping|drooped|droops
    ^ heart attack $
    pregnant and bleeding
    pain|pains|pressure|tightness in|across|on chest
    <call> ambulance|paramedic|paramedics !toy|costume|set|discount|fancy
    <call>|wait|waiting for|me|him|us|her ambulance|paramedic|paramedics
    ambulance|paramedics on it way
    ambulance|paramedics here|coming|outside|arrived|come|took|please|now
    ^ ambulance $
    call|called|calling|rang|ring|phone|phoned|dial|dialled|dialed 999|911|112|000
    send help $|now|please|quick|quickly|to
    <kin>|i|went|gone|going in|into labour|labor !party|costs
    waters broke|broken
    out of insulin|oxygen
    oxygen|ventilator ... stopped|off|dead|down|without|cut
    <he> hurt|injured|wounded $|badly|please|help|bad|and
    <who> injured|wounded
    life|lives|i|we|he|she in danger !of
    <who> trapped|stuck|locked in|under .. lift|elevator|rubble|car|van !queue
    fell|fallen on|onto me|him|her|us|<kin>|<pet> !lap|feet
    baby|child|toddler|son|daughter|kid locked|trapped|stuck|left in|inside car|van|room|bathroom !key|keys
";

/// Swelling alone counts only where it shuts off the breath; feet swell too.
const ALLERGY: &str = "
    allergic|allergy ... ate|eaten|drank|swallowed !safely|before
    ate|eaten|drank|swallowed ... <who> allergic|allergy
    having|had|bad|severe|in|into allergic reaction|shock !once|before
    has|have|got|getting allergic reaction !to|before
    anaphylactic shock|reaction
    having|went|going|gone|into|in|think|is anaphylaxis|anaphylactic
    used|need|needs|using|nearest|get|gave|have epipen
    <airway> swollen|swelling|swells|swelled|closing|closed|closes|tingling|itchy|tight|numb|tightening|puffy
    eye|eyes burning
    swollen|swelling lip|lips|tongue|throat|face
    stuck in throat !song|frog
    <who> can not swallow !pill|price
    broke|broken|breaking|came|coming|come|covered out|in|with hives|rash
    <who> has|have|got|getting hives
";

/// What went down: a cash machine swallows cards, so cards and pride are excepted.
const POISON: &str = "
    <he> .. swallowed|swallows|swallowing !hard|card|pride|price|money|excuse|cost
    <he> .. inhaled|choking !diffuser
    i|we swallowed|inhaled <harmful>|bone|fishbone|piece|it|some|bit|part
    <who> .. <ate> .. <harmful> !based|tea|salad|wrap|smoothie|wine
    <who>|<pet> .. bit into .. <harmful>
    ate|eaten|eating .. holly|yew|mistletoe|nightshade|poisonous berry|berries|leaves
    <who> .. ate|eaten|swallowed .. glass
    <who> poisoned|intoxicated !by
    been|was|got|have|has|am poisoned !with
    <who>|<pet> got|getting into .. poison|bleach|pills
    mixed bleach
    poisoned me|us|him|her|<kin>
    monoxide|alcohol|gas poisoning
    <he> ... and swallowed !card|pride|price|money|excuse
";

/// An animal poisoned is danger too: the vet comes first, and a tip for such a case may be told.
const PET: &str = "
    <pet> .. <ate>|swallowed .. <harms-pets>
    <pet> .. swallowed
    <pet> ... <harms-pets> ... <ate>
    <pet> choking|choked|collapsed|poisoned|electrocuted|convulsing|limp|bleeding|dying|drowning
    <pet> ... drooling|vomiting|convulsing
";

/// Wounds and current. A curry burns tongues, a fee burns a customer, a bill is a shock: those are excepted.
const INJURY: &str = "
    <one>|i|we <was> burned|burnt|scalded !fees|fee|price|prices|deal|company|market|you|bank|out
    <who> burned|burnt|scalded|burns myself|himself|herself|themselves|<limb>
    burned|burnt|burns|burning|scalded|electrocuted|injured me|him|us|<kin>|<limb> !rubber
    electrocuted
    <who> .. electric|electrical shock|shocks
    gave|gives|giving|getting|get|got|from|an electric|electrical|static shock|shocks !absorber|collar
    shock off|from|by|when|of|touching .. <device> !price|bill|cost
    <device> gave|gives|giving .. shock|shocks
    socket|plug|wire|wires|outlet|cable ... shock|shocks !bill|price
    <device> shocked|shocks|shocking|zapped me|him|her|us|<kin>
    <who>|<limb>|mouth|lip bleeding !paper|edge|money|love|cash
    bleeding heavily|badly|everywhere
    bleeding from !paper
    bleeding and
    bleeding will not stop
    not stop bleeding|vomiting|throwing|shaking|convulsing
    blood everywhere|pouring|gushing
    blood all over
    lot|lots|losing|lost|coughing|vomiting|spitting|throwing|full|covered of|in|up|much blood !orange|pressure
    losing|coughing|vomiting|lost blood !orange|pressure
    cut|slit|slashed|cuts wrist|wrists|throat|artery
    cut|sliced|cuts <limb> on|open|off|deep|with|from !nails|nail|photo|picture
    <limb> cut|sliced|torn|ripped off
    exploded|shattered|burst in face|hand|hands|pocket
    exploded|shattered ... cut me|<limb>
    glass|vase|blade|knife cut <he>|me|us|<limb>
    hit|struck by|on|with car|van|truck|bus|lorry|motorbike|bike
    knocked <he>|me|us|him|her over|down|out
    knocked|run|ran over|down by|<kin>|<pet>|me
    <he> drowning|drowned !in
";

/// Of devices and places; a mouth, a stick and a team are on fire without danger.
const FIRE: &str = "
    caught fire !stick
    <thing> on fire !stick|tv|hd|tablet|sale
    <thing>|it|something caught|catching|catches|catch|set fire|alight !stick|tv
    there fire in|at|here|inside|next|everywhere|$|and|please|on|under|behind !station|stick|place|pit
    ^ fire $
    ^ fire in|at <place>
    ^ help fire
    <place> burning|ablaze|alight !man|calories
    <device> burning|burned|burnt !hot|data|battery|through|dvd|dvds|cd|cds|hole|disc
    something burning !question
    water|leak ... into|on|onto|in electrics|fuse|fusebox|socket|sockets
    flames coming|come|came|everywhere|shooting|from|out|in
    in|into flames
    call|called|calling|rang|ring|send|phoned fire brigade|department|service|fighters
    fire brigade|department|engine|fighters here|came|come|coming|way|outside|now
    smoke coming|comes|come|came|pouring|rising|out|everywhere|billowing|filling !grill|barbecue|bbq|chimney|candle
    smoke .. coming|pouring|rising !grill|barbecue|bbq|chimney|candle
    smoke from <thing>
    battery|batteries ... hissing|crackling|popping
    gas everywhere
    full of smoke
    see|saw|seeing|with|there smoke !detector|detectors|alarm|alarms|shop|free|signals|paprika|sauce|flavour|flavor
    <device> smoking|smoked|smokes|smoke !hot|deal|offer
    <device> .. started|starts|begins|began smoking|burning|melting|sparking|hissing|smouldering
    started|starts to smoke|burn|melt|spark|hiss !at
    bang ... smoke|floor|flames|sparks|burning
    <smells> of|like|something burning|gas|fire !station|fireplace
    <device>|house|flat|kitchen .. <smells> of|like smoke !hotel|cigarette|cigarettes
    <smells> burning|gas|smoke
    burning|burnt|burned|gas <smells>
    burning|burnt|burned|gas smell|plastic|odour|odor|stench
    <device> melted|melting|melts|scorched|charred !hearts|heart
    sparks|spark come|coming|came|flew|flying|fly|out|from|when|everywhere|shooting !between
    <device>|it sparked|sparking|sparks|hissing|smouldering !joy|interest|ideas|at
    there|see|saw|seeing|makes|making sparks !in|weather|nevada
    battery|batteries .. <swollen>|exploded|exploding|leaking|leaked|burst !charge|power|app|money|price
    <swollen>|leaking|exploding battery|batteries|phone !look
    <device> <swollen>|exploded|exploding|explodes !with|notifications|messages|calls|emails|in
    <device> blew|blown|blowing up !notifications|messages|calls|texts|with
    <device> exploded in .. hand|hands|face|pocket|bed|ear|bag
    gas leak|leaking|leaks|escaping|escape|explosion !detector|test
    leaking|leak|leaked gas
    gas|fuel pipe|line|main burst|broken|hit|leaking|drilled|cut|damaged|broke
    drilled|hit|cut|broke|broken|damaged|through|drilling into|gas|through|pipe gas|pipe|main !water
    think|have|has|smell|with|there|from|got carbon monoxide !detector|detectors|alarm|alarms|sensor|monitor|app
    monoxide|co|smoke|fire|gas alarm|detector|sensor going|went|sounding|screaming off|$ !tests|test
    monoxide|co|smoke|gas alarm|detector|sensor ... headache|headaches|dizzy|sick|faint|smoke
";

/// Somebody does it to somebody. "She will kill me" is said of late flowers, so it is left out.
const VIOLENCE: &str = "
    <he> <strikes> me|him|her|us|<kin> !out|up|email|message|text|fee|bill|charge|at|to|with|look|hard
    beat|beats|beaten|beating|beats me|him|her|us|<kin> up
    <staff>|man|stepdad|uncle touched|touches me|her|him|us !with
    <partner> .. violent|abusive
    <who> <was> <struck> !out|of|down|up|to|photo|picture|price|prices|virus|malware|hackers|bot|email|off|from
    <he> .. with gun|machete|axe|rifle|pistol|weapon !metal|handle|licence|safe
    <he> <was> held|kept against|hostage|captive
    <he> holding|keeping me|us|him|her hostage|captive|prisoner
    <he> locked me|us|him|her in|inside !account|contract
    threatened|threatens|threatening|wants|tried|trying to kill|hurt|shoot|stab|harm|rape me|us|<one>
    said|says|swore|swears|told .. will|would|going|gonna kill|shoot|stab me|him|her|us|<kin>
    they came|are|chasing|running at|after me|us|him|her .. <weapon>
    <one> standing|outside|door|inside|running|came|chasing|pointing|there|at .. <weapon> !set|block|metal|handle
    man|men|someone|somebody|guy|stranger|intruder|he with|has|have|got <weapon> !set|block|sharpener|licence|license|permit|rental|metal
    pulled|pointing|pointed|waving|drew <weapon>
    at|with knifepoint|gunpoint
    stalking|stalks|stalked|stalker me|us|her|him|my|outside
    stalker
    <he> breaking|broke|kicking|forcing in|into|down .. house|home|flat|apartment|door|window|room
    <stranger> .. to break in|into .. house|home|flat|apartment|door|window !account
    <stranger> trying|tries|tried to break in|into $
    there <stranger> in|inside house|home|flat|apartment|room
    <he> breaking in $
    intruder|burglar in|inside|outside|downstairs
    scared|afraid|frightened|terrified|hiding|escape|running of|from|away .. <partner>
    domestic violence|abuse
    someone|somebody|they hurting|attacking him|her|us|me|people
";
