import { expect } from "chai";
import { noticeToPrincipal } from "../../../server/registry/schools.ts";
import { type Answer, type Browser, type FrontDoor, goodPassword, openFrontDoor } from "../../support/frontDoor.ts";
import { teacher, volos } from "../../support/schoolForms.ts";

const registered = {
  ...{ name: "Ανδρέας Βόλος", email: "andreas@volos.test", language: "el", timeZone: "Europe/Athens" },
  isStaff: true,
};

describe("Registering", () => {
  let front: FrontDoor;
  beforeEach(async () => {
    front = await openFrontDoor();
    await front.person("operator", "Olga");
  });
  afterEach(() => front.close());

  const letters = async (to: string) =>
    (await front.pool.query("select kind, text, language from mails where to_address = $1 order by created_at", [to]))
      .rows as { kind: string; text: string; language: string }[];
  const tokenIn = (text = "") => /#k=([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? "";
  const tokenFor = async (email: string) => tokenIn((await letters(email)).at(-1)?.text);

  async function registers(email: string, name = "Andreas"): Promise<Browser> {
    const browser = front.browser();
    await browser.post("/api/register", { ...registered, email, name });
    const answer = await browser.post("/api/invitations/answer", {
      token: await tokenFor(email),
      password: goodPassword,
    });
    expect(answer.status, answer.text).to.equal(200);
    return browser;
  }

  it("goes by a letter: nobody has an account before its link is answered", async () => {
    const browser = front.browser();
    expect((await browser.post("/api/register", registered)).status).to.equal(204);
    const { rows } = await front.pool.query("select from accounts where email = $1", [registered.email]);
    expect(rows).to.have.length(0);
    const token = await tokenFor(registered.email);
    const look = await browser.post("/api/invitations/look", { token });
    expect(look.body).to.deep.include({ purpose: "registration", name: registered.name, email: registered.email });
    const answer = await browser.post("/api/invitations/answer", { token, password: goodPassword });
    expect(answer.body.me).to.deep.include({
      ...{ name: registered.name, email: registered.email, language: "el", timeZone: "Europe/Athens" },
      ...{ books: false, school: null, standings: ["public", "account"] },
    });
    expect((await browser.post("/api/invitations/answer", { token, password: goodPassword })).body.refused).to.equal(
      "invitation.invalid",
    );
  });

  it("answers the same for an address that has an account; only the letter says it", async () => {
    await registers(registered.email);
    const browser = front.browser();
    const known = await browser.post("/api/register", registered);
    const unknown = await browser.post("/api/register", { ...registered, email: "nobody@volos.test" });
    expect([known.status, known.text]).to.deep.equal([unknown.status, unknown.text]);
    expect((await letters(registered.email)).map(({ kind }) => kind)).to.deep.equal([
      "registration",
      "registrationKnown",
    ]);
    expect(await letters("nobody@volos.test")).to.have.length(1);
  });

  it("closes no link that somebody was given before, and opens one way in only", async () => {
    const browser = front.browser();
    await browser.post("/api/register", registered);
    const first = await tokenFor(registered.email);
    await browser.post("/api/register", { ...registered, name: "Somebody else" });
    const second = await tokenFor(registered.email);
    expect(first).to.not.equal(second);
    expect((await browser.post("/api/invitations/answer", { token: first, password: goodPassword })).status).to.equal(
      200,
    );
    expect((await browser.post("/api/invitations/answer", { token: second, password: goodPassword })).status).to.equal(
      410,
    );
  });

  it("is taken once, however often and at the same time the link is pressed", async () => {
    await front.browser().post("/api/register", registered);
    const token = await tokenFor(registered.email);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        front.browser().post("/api/invitations/answer", { token, password: goodPassword }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 410, 410, 410]);
  });

  it("is not for masses: one network is stopped, and one address is not flooded", async () => {
    const browser = front.browser();
    const answers: Answer[] = [];
    for (let i = 0; i < 70; i += 1) answers.push(await browser.post("/api/register", registered));
    expect(answers.filter(({ status }) => status === 204)).to.have.length(60);
    expect(answers.at(-1)?.body.refused).to.equal("request.tooMany");
    expect((await letters(registered.email)).length).to.be.at.most(5);
  });

  it("takes nothing unknown, and no address that is none", async () => {
    const browser = front.browser();
    for (const more of [
      { role: "operator" },
      { email: "no address" },
      { timeZone: "Moon/Crater" },
      { name: " " },
      { isStaff: false },
    ]) {
      expect((await browser.post("/api/register", { ...registered, ...more })).status, JSON.stringify(more)).to.equal(
        400,
      );
    }
  });

  it("waits for the first operator", async () => {
    const fresh = await openFrontDoor();
    const answer = await fresh.browser().post("/api/register", registered);
    expect(answer.body.refused).to.equal("registry.notBegun");
    await fresh.close();
  });

  it("sends a school with all of its form, once however often it is sent, and tells its support service", async () => {
    await front.pool.query(
      `insert into support_services (id, kind, country, name, email, languages)
       values ('nss-gr', 'nss', 'GR', 'NSS Greece', 'nss@gr.test', '{el}')`,
    );
    const browser = await registers(registered.email, registered.name);
    const send = () =>
      browser.post("/api/schools", { form: volos, place: { staffRole: "head", lead: true }, isTrue: true });
    const [once, twice] = await Promise.all([send(), send()]);
    expect(once.status, once.text).to.equal(200);
    expect(twice.body.school.id).to.equal(once.body.school.id);
    expect(once.body.form).to.deep.equal({ ...volos, number: "3501234", website: "https://www.gym5-volou.example" });
    expect(once.body).to.deep.include({ version: 1, mayChange: true, people: [] });
    expect(once.body.school.state).to.equal("submitted");
    expect(once.body.mine).to.deep.include({ state: "asked", staffRole: "head", lead: true, evidence: "none" });
    const told = await letters("nss@gr.test");
    expect(told.map(({ kind }) => kind)).to.deep.equal(["schoolSubmitted"]);
    expect((await browser.get("/api/me")).body.me).to.deep.include({ books: false, school: null });
  });

  it("names each field that does not fit, and the principal may not be who registers", async () => {
    const browser = await registers(registered.email);
    const send = (form: object) => browser.post("/api/schools", { form, place: teacher, isTrue: true });
    const cases: [object, string][] = [
      [{ country: "ZZ", region: "" }, "form.country"],
      [{ region: "PT-01" }, "form.region"],
      [{ type: "castle" }, "form.type"],
      [{ languages: ["el", "klingon"] }, "form.languages"],
      [{ languages: [] }, "form.languages"],
      [{ subjects: ["alchemy"] }, "form.subjects"],
      [{ ageMin: 2 }, "form.ageMin"],
      [{ ageMin: 15, ageMax: 12 }, "form.ageMax"],
      [{ pupilCount: 0 }, "form.pupilCount"],
      [{ website: "javascript:alert(1)" }, "form.website"],
      [{ principalEmail: "" }, "form.principalEmail"],
      [{ name: "\u202e" }, "form.name"],
      [{ state: "validated" }, "form.state"],
    ];
    for (const [change, field] of cases) {
      const answer = await send({ ...volos, ...change });
      expect(answer.status, answer.text).to.equal(400);
      expect(answer.body.fields, JSON.stringify(change)).to.deep.equal([field]);
    }
    const own = await send({ ...volos, principalEmail: registered.email.toUpperCase() });
    expect(own.body).to.deep.include({ refused: "school.ownPrincipal", fields: ["form.principalEmail"] });
    expect((await browser.post("/api/schools", { form: volos, place: teacher, isTrue: false })).status).to.equal(400);
  });

  it("keeps a country's number for one school, and lets the known one be found by it", async () => {
    const first = await registers("first@volos.test");
    await first.post("/api/schools", { form: volos, place: teacher, isTrue: true });
    const second = await registers("second@volos.test");
    const other = { ...volos, name: "Another name", town: "Elsewhere", number: "350 1234" };
    const answer = await second.post("/api/schools", { form: other, place: teacher, isTrue: true });
    expect(answer.body).to.deep.include({ refused: "school.numberTaken", fields: ["form.number"] });
    const found = await second.get("/api/schools/find?words=3501234&country=GR");
    expect(found.body.schools).to.have.length(1);
    expect(found.body.schools[0]).to.deep.include({ name: volos.name, state: "submitted", mine: null });
    const elsewhere = await second.post("/api/schools", {
      ...{ form: { ...other, country: "CY", region: "" }, place: teacher, isTrue: true },
    });
    expect(elsewhere.status, elsewhere.text).to.equal(200);
  });

  it("finds schools by words in any script, however they are accented, page by page", async () => {
    const browser = await registers(registered.email);
    await browser.post("/api/schools", { form: volos, place: teacher, isTrue: true });
    const found = async (query: string) =>
      (await browser.get(`/api/schools/find?${query}`)).body.schools as { name: string }[];
    for (const words of ["ΒΟΛΟΥ", "γυμνασιο βολος", "volos", "gymnasio"]) {
      expect(
        (await found(`words=${encodeURIComponent(words)}`)).map(({ name }) => name),
        words,
      ).to.deep.equal([volos.name]);
    }
    expect(await found("words=volos&country=PT")).to.deep.equal([]);
    await front.pool.query(
      `insert into schools (id, name, town, country, state)
       select 'many-' || n, 'Školа ' || lpad(n::text, 3, '0'), 'Ruse', 'BG', case n % 5 when 0 then 'closed' else 'validated' end
       from generate_series(1, 60) n`,
    );
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page = await browser.get(`/api/schools/find?words=Ruse&country=BG${next ? `&after=${next}` : ""}`);
      seen.push(...page.body.schools.map(({ id }: { id: string }) => id));
      next = page.body.next;
    } while (next !== null);
    expect(seen).to.have.length(48);
    expect(new Set(seen).size).to.equal(48);
    expect((await browser.get("/api/schools/find?after=nonsense")).status).to.equal(400);
    expect((await front.browser().get("/api/schools/find?words=volos")).status).to.equal(401);
    for (const words of ["%25", "_", "%5C", "%25%27--"]) {
      expect((await browser.get(`/api/schools/find?words=${words}&country=GR`)).status).to.equal(200);
    }
  });
});

describe("A school's own people", () => {
  let front: FrontDoor;
  let sender: Browser;
  let school: string;
  beforeEach(async () => {
    front = await openFrontDoor();
    await front.person("operator", "Olga");
    sender = (await front.person("teacher", "Rui")).browser;
    const sent = await sender.post("/api/schools", { form: volos, place: teacher, isTrue: true });
    expect(sent.status, sent.text).to.equal(200);
    school = sent.body.school.id;
  });
  afterEach(() => front.close());

  const validate = () => front.pool.query("update schools set state = 'validated' where id = $1", [school]);
  const accept = (account: string) =>
    front.pool.query(
      "update memberships set state = 'active' where account_id = $1 and school_id = $2 and state = 'asked'",
      [account, school],
    );
  const join = (browser: Browser, more: object = {}) =>
    browser.post(`/api/schools/${school}/memberships`, { ...teacher, ...more });

  it("see and change its form; to everybody else there is only its card", async () => {
    const stranger = (await front.person("teacher", "Inês")).browser;
    const card = await stranger.get(`/api/schools/${school}`);
    expect(card.body).to.deep.include({
      form: null,
      people: null,
      mine: null,
      mayChange: false,
      principalToldAt: null,
    });
    expect(card.text).to.not.contain("maria@volos.test");
    const change = { version: 1, form: { ...volos, town: "Βόλος και Νέα Ιωνία" } };
    expect((await stranger.send("PUT", `/api/schools/${school}`, change)).status).to.equal(404);
    await join(stranger);
    expect((await stranger.get(`/api/schools/${school}`)).body.form).to.equal(null);
    expect((await stranger.send("PUT", `/api/schools/${school}`, change)).status).to.equal(404);
    const changed = await sender.send("PUT", `/api/schools/${school}`, change);
    expect(changed.body.form.town).to.equal("Βόλος και Νέα Ιωνία");
    expect(changed.body.version).to.equal(2);
  });

  it("lose nothing when two change it: the second one is told what it is now", async () => {
    await validate();
    const colleague = await front.person("teacher", "Inês");
    await join(colleague.browser);
    await accept(colleague.id);
    const put = (browser: Browser, change: object, version = 1) =>
      browser.send("PUT", `/api/schools/${school}`, { version, form: { ...volos, ...change } });
    const answers = await Promise.all([put(sender, { town: "A" }), put(colleague.browser, { town: "B" })]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const won = answers.find(({ status }) => status === 200);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body.refused).to.equal("school.changedMeanwhile");
    expect(lost?.body.current.version).to.equal(2);
    expect(lost?.body.current.form.town).to.equal(won?.body.form.town);
    expect((await put(colleague.browser, { town: "C" }, 2)).body.form.town).to.equal("C");
    expect((await put(sender, { country: "CY", region: "" }, 3)).body.fields).to.deep.equal(["form.country"]);
  });

  it("mend a refused form by changing it, which sends it again; a suspended one stays as it is", async () => {
    await front.pool.query("update schools set state = 'refused', state_reason = 'Which number?' where id = $1", [
      school,
    ]);
    const mine = await sender.get("/api/me/schools");
    expect(mine.body.schools[0]).to.deep.include({ reason: "Which number?" });
    const again = await sender.send("PUT", `/api/schools/${school}`, { version: 1, form: { ...volos, number: "77" } });
    expect(again.body.school.state).to.equal("submitted");
    expect(again.body.reason).to.equal("");
    await front.pool.query("update schools set state = 'suspended' where id = $1", [school]);
    const no = await sender.send("PUT", `/api/schools/${school}`, { version: 2, form: volos });
    expect(no.body.refused).to.equal("school.notNow");
    expect((await (await front.person("teacher", "Inês")).browser.get(`/api/schools/${school}`)).status).to.equal(404);
  });

  it("ask once, may withdraw and ask again, and leave", async () => {
    const ines = await front.person("teacher", "Inês");
    const answers = await Promise.all([join(ines.browser), join(ines.browser)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const asked = (await ines.browser.get("/api/me/schools")).body.schools[0].place;
    expect(asked).to.deep.include({ state: "asked", lead: false });
    const others = await (await front.person("teacher", "Tiago")).browser.post(`/api/memberships/${asked.id}/end`);
    expect(others.status).to.equal(404);
    expect((await ines.browser.post(`/api/memberships/${asked.id}/end`)).status).to.equal(200);
    expect((await ines.browser.post(`/api/memberships/${asked.id}/end`)).body.refused).to.equal("membership.notNow");
    expect((await join(ines.browser, { lead: true })).body.schools[0].place).to.deep.include({
      state: "asked",
      lead: true,
    });
    await validate();
    await accept(ines.id);
    expect((await ines.browser.get("/api/me")).body.me.standings).to.include("lead");
    const place = (await ines.browser.get("/api/me/schools")).body.schools[0].place.id;
    await ines.browser.post(`/api/memberships/${place}/end`);
    expect((await ines.browser.get("/api/me")).body.me.standings).to.not.include("lead");
    expect((await join(ines.browser, { staffRole: "wizard" })).body.fields).to.deep.equal(["staffRole"]);
  });

  it("close a school that nobody waits for any more, so that its number is free", async () => {
    const place = (await sender.get("/api/me/schools")).body.schools.find(
      (one: { school: { id: string } }) => one.school.id === school,
    ).place.id;
    await sender.post(`/api/memberships/${place}/end`);
    const { rows } = await front.pool.query("select state from schools where id = $1", [school]);
    expect(rows[0].state).to.equal("closed");
    const again = await sender.post("/api/schools", { form: volos, place: teacher, isTrue: true });
    expect(again.status, again.text).to.equal(200);
  });

  it("are no pupils and no operator", async () => {
    const operator = (await front.person("operator", "Otto")).browser;
    expect((await join(operator)).status).to.equal(403);
    expect((await operator.post("/api/schools", { form: volos, place: teacher, isTrue: true })).status).to.equal(403);
  });

  it("have a principal who is told once", async () => {
    await noticeToPrincipal(front.pool, school, "https://meet.test");
    await noticeToPrincipal(front.pool, school, "https://meet.test");
    const { rows } = await front.pool.query(
      "select to_address, text, language from mails where kind = 'principalNotice'",
    );
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ to_address: "maria@volos.test" });
    expect(rows[0].text).to.contain("Μαρία Παππά").and.contain("Rui").and.contain(volos.name);
    expect((await sender.get(`/api/schools/${school}`)).body.principalToldAt).to.be.a("number");
  });
});
