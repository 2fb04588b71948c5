/**
 * Top-level domains that make a bare name an address ("example.com", but not "and.so on"). All two-letter country codes (ISO
 * 3166-1 as delegated by IANA) and those generic ones that customers write without a scheme. Not here on purpose: zip and mov,
 * which are file names in a chat. An address with http or https needs no known ending.
 */
const COUNTRIES =
  'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ' +
  'ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp ' +
  'gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li ' +
  'lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om ' +
  'pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc ' +
  'td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';

const GENERIC =
  'com net org edu gov mil int info biz name pro aero asia cat coop jobs mobi museum post tel travel app dev page web shop store ' +
  'online site website tech cloud digital agency media news blog club xyz top live life link click email support help center ' +
  'company business services solutions group team work works studio design art photo photos video social chat games game fun ' +
  'world global international city berlin hamburg koeln cologne bayern wien london paris amsterdam nyc tokyo istanbul africa ' +
  'health care clinic dental doctor hospital pharmacy fitness yoga food restaurant cafe pizza bar pub wine beer coffee hotel ' +
  'holiday tours flights taxi auto cars car bike house home homes property immo immobilien estate garden kitchen furniture ' +
  'fashion style shoes jewelry beauty salon hair market marketing sale deals discount gift gifts cash money bank finance ' +
  'financial credit loans insurance tax legal law lawyer consulting training academy school college university institute ' +
  'events tickets party wedding church foundation charity community space zone network systems software technology tools ' +
  'gmbh ltd llc inc srl ventures capital fund partners directory guide reviews today now one plus vip wiki science energy solar ' +
  'eco bio green pet dog baby kids family love dating gay lgbt google amazon apple microsoft youtube';

const KNOWN = new Set(`${COUNTRIES} ${GENERIC}`.split(' '));

/** Whether an ASCII label is a known top-level domain; case does not matter. */
export function isKnownTld(label: string): boolean {
  return KNOWN.has(label.toLowerCase());
}
