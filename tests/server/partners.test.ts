import { expect } from "chai";
import type { NewSchool } from "../../protocol/http/accounts.ts";
import type { Notice, Partners } from "../../protocol/http/partners.ts";
import { writeToSearchers } from "../../server/partners/savedSearches.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../support/frontDoor.ts";

const aveiro: NewSchool = { name: "Escola Básica de São Bernardo", town: "Aveiro", country: "PT" };
const oulu: NewSchool = { name: "Pöllökankaan koulu", town: "Oulu", country: "FI" };
const volos: NewSchool = { name: "3ο Δημοτικό Σχολείο", town: "Βόλος", country: "GR" };
const plovdiv: NewSchool = { name: "Средно училище „Васил Левски“", town: "Пловдив", country: "BG" };
const leipzig: NewSchool = { name: "Grundschule an der Weißen Elster", town: "Leipzig", country: "DE" };

describe("finding a partner", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let eleni: Person;
  let ivan: Person;
  let greta: Person;

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana Sousa", aveiro);
    mikko = await front.person("teacher", "Mikko Laine", oulu);
    eleni = await front.person("teacher", "Eleni Pappa", volos);
    ivan = await front.person("teacher", "Ivan Petrov", plovdiv);
    greta = await front.person("teacher", "Greta Klein", leipzig);
    const told: [NewSchool, string, string][] = [
      [aveiro, "pt", "Estudamos as aves da ria e os rios com as crianças."],
      [oulu, "fi", "Tutkimme jokia ja metsiä."],
      [volos, "el", "Μελετάμε τη θάλασσα και τα ποτάμια."],
      [plovdiv, "bg", "Изучаваме реките."],
      [leipzig, "de", "Wir bauen Brücken und Flüsse."],
    ];
    for (const [{ name }, language, description] of told) {
      await front.pool.query(
        `update schools set available = true, main_language = $2, languages = $3, description = $4, age_min = 7,
           age_max = 11, subjects = '{music}' where name = $1`,
        [name, language, [language, "en"], description],
      );
    }
    for (const { browser } of [ana, mikko, eleni, ivan, greta]) await isAvailable(browser);
  });
  after(() => front?.close());

  async function isAvailable(browser: Person["browser"], available = true) {
    const profile = { available, bio: "", languages: ["en"], subjects: ["music"], wantedCountries: [] };
    expect((await browser.send("PUT", "/api/me/partner", profile)).status).to.equal(200);
  }

  async function search(person: Person, query: Record<string, string>): Promise<Partners> {
    const answer = await person.browser.get(`/api/partners?${new URLSearchParams(query)}`);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body;
  }
  const towns = ({ partners }: Partners) => partners.map(({ school }) => school.town).sort();

  describe("by words", () => {
    const cases: [string, string, string][] = [
      ["finds Portuguese without its accents", "escola basica sao bernardo", "Aveiro"],
      ["finds Portuguese with a typing error", "Avieiro", "Aveiro"],
      ["finds another form of a Portuguese word", "crianca rios", "Aveiro"],
      ["finds Finnish without its dots", "pollokankaan", "Oulu"],
      ["finds Finnish with a typing error", "Pöllökanakan koulu", "Oulu"],
      ["finds the beginning of a Finnish word", "pöllö", "Oulu"],
      ["finds Greek without its accents and in capitals", "ΒΟΛΟΣ", "Βόλος"],
      ["finds Greek with a typing error", "Δημωτικό Βόλος", "Βόλος"],
      ["finds Greek in another form", "ποταμια θαλασσας", "Βόλος"],
      ["finds Greek by Latin letters", "Volos", "Βόλος"],
      ["finds Cyrillic in small letters", "левски", "Пловдив"],
      ["finds Cyrillic with a typing error", "Пловдвив", "Пловдив"],
      ["finds Cyrillic by Latin letters", "plovdiv", "Пловдив"],
      ["finds German with ss for ß", "weissen elster", "Leipzig"],
      ["finds German with a typing error", "Grundshcule Leipzg", "Leipzig"],
      ["finds a teacher who is available", "Greta Klein", "Leipzig"],
    ];
    for (const [title, words, town] of cases) {
      it(title, async () => {
        const seeker = town === "Aveiro" ? mikko : ana;
        expect(towns(await search(seeker, { words }))).to.deep.equal([town]);
      });
    }

    it("finds subjects and countries by what they are called in any language of the lists", async () => {
      for (const words of ["Musiikki", "música", "music"]) {
        expect(towns(await search(ana, { words })), words).to.have.length(4);
      }
      expect(towns(await search(ana, { words: "music Finland" }))).to.deep.equal(["Oulu"]);
    });

    it("says as what a word was read that nothing is called by", async () => {
      expect((await search(ana, { words: "Leipzg" })).readAs).to.deep.equal([{ word: "leipzg", as: ["leipzig"] }]);
    });

    it("takes whatever is typed, and wants no more of it than a search", async () => {
      for (const words of [
        "'",
        "\\",
        "a & | !",
        ":*",
        "';drop table schools",
        "<script>",
        "\u0000",
        "& & ()",
        "😀",
        "%",
      ]) {
        const answer = await ana.browser.get(`/api/partners?${new URLSearchParams({ words })}`);
        expect(answer.status, words).to.be.oneOf([200, 400]);
      }
    });
  });

  describe("by filters", () => {
    it("finds by country, language, subject and ages, and never one's own school", async () => {
      expect(towns(await search(ana, {}))).to.deep.equal(["Leipzig", "Oulu", "Βόλος", "Пловдив"].sort());
      expect(towns(await search(ana, { country: "FI" }))).to.deep.equal(["Oulu"]);
      expect(towns(await search(ana, { language: "el" }))).to.deep.equal(["Βόλος"]);
      expect(towns(await search(ana, { subject: "music", country: "DE" }))).to.deep.equal(["Leipzig"]);
      expect(towns(await search(ana, { ageFrom: "12" }))).to.deep.equal([]);
      expect(towns(await search(ana, { ageFrom: "11", ageTo: "14" }))).to.have.length(4);
    });

    it("says what to loosen when nothing fits", async () => {
      const { loosen } = await search(ana, { country: "FI", language: "el", subject: "music" });
      expect(loosen).to.deep.equal(["country", "language"]);
    });

    it("comes in pages that neither repeat nor leave out anybody", async () => {
      await front.pool.query(
        `insert into schools (id, name, town, country, available) select 'many-' || n, 'Colegio ' || n, 'Soria', 'ES', true
         from generate_series(1, 47) n`,
      );
      for (const query of [{ country: "ES" }, { words: "colegio soria" }]) {
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const page: Partners = await search(ana, { ...query, ...(after && { after }) });
          seen.push(...page.partners.map(({ school }) => school.id));
          after = page.next;
        } while (after);
        expect(seen).to.have.length(47);
        expect(new Set(seen).size).to.equal(47);
      }
      await front.pool.query("delete from schools where id like 'many-%'");
    });
  });

  describe("never", () => {
    it("lets an outsider search: signed out, not validated, or the operator", async () => {
      expect((await front.browser().get("/api/partners")).status).to.equal(401);
      const nobody = await front.person("support", "Sam", null);
      await front.pool.query("delete from support_staff where account_id = $1", [nobody.id]);
      expect((await nobody.browser.get("/api/partners")).status).to.equal(403);
      const operator = await front.person("operator", "Olga", null);
      expect((await operator.browser.get("/api/partners")).status).to.equal(403);
    });

    it("finds a pupil or anything of a pupil", async () => {
      const { rows } = await front.pool.query<{ id: string }>("select id from schools where town = 'Oulu'");
      await front.pool.query(
        `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, school_id)
         values ('m1', 'pupils-are-here', 'Kastehelmi sings', now(), 60, '{}', $1, $2)`,
        [mikko.id, rows[0]?.id],
      );
      await front.pool.query(
        `insert into contents (id, meeting_id, kind, words) values ('c1', 'm1', 'name', 'Kastehelmi Unikko'),
           ('c2', 'm1', 'pupilName', 'Lumikki'), ('c3', 'm1', 'message', 'salaisuus')`,
      );
      for (const words of ["Kastehelmi", "Unikko", "Lumikki", "salaisuus", "sings"]) {
        const found = await search(ana, { words });
        expect(found.partners, words).to.deep.equal([]);
        expect(found.readAs, words).to.deep.equal([]);
      }
      const { rows: made } = await front.pool.query<{ sources: string[] }>(
        `select array_agg(distinct c.relname::text order by c.relname::text) as sources from pg_class c
         where c.relkind = 'r' and pg_get_functiondef('refresh_partners'::regproc) ~ ('\\y' || c.relname || '\\y')
           and c.relnamespace = 'public'::regnamespace`,
      );
      expect(made[0]?.sources).to.deep.equal(["accounts", "memberships", "partner_entries", "schools", "search_words"]);
    });

    it("finds a school that is not validated or not available, nor its staff", async () => {
      for (const change of ["state = 'suspended'", "state = 'submitted'", "available = false"]) {
        await front.pool.query(`update schools set ${change} where town = 'Leipzig'`);
        expect(towns(await search(ana, { words: "Leipzig" })), change).to.deep.equal([]);
        expect(towns(await search(ana, { words: "Greta" })), change).to.deep.equal([]);
        await front.pool.query("update schools set state = 'validated', available = true where town = 'Leipzig'");
      }
      expect(towns(await search(ana, { words: "Leipzig" }))).to.deep.equal(["Leipzig"]);
    });

    it("names who is not available, has left or has ended their account", async () => {
      const people = async () => (await search(ana, { words: "Leipzig" })).partners[0]?.people.map(({ name }) => name);
      expect(await people()).to.deep.equal(["Greta Klein"]);
      await isAvailable(greta.browser, false);
      expect(await people()).to.deep.equal([]);
      expect(towns(await search(ana, { words: "Leipzig", available: "1" }))).to.deep.equal([]);
      await isAvailable(greta.browser);
      await front.pool.query("update memberships set state = 'ended' where account_id = $1", [greta.id]);
      expect(await people()).to.deep.equal([]);
      await front.pool.query("update memberships set state = 'active' where account_id = $1", [greta.id]);
      await front.pool.query("update accounts set ended_at = now() where id = $1", [greta.id]);
      expect(await people()).to.deep.equal([]);
      await front.pool.query("update accounts set ended_at = null where id = $1", [greta.id]);
    });

    it("shows an e-mail address, in the search or of who has not agreed", async () => {
      const answer = await ana.browser.get("/api/partners");
      expect(answer.text).to.not.contain("@");
    });
  });

  const note = (name: string) => `Good day ${name}, our class would like to write letters with yours. Shall we?`;
  const ask = (from: Person, to: Person, words: string) =>
    from.browser.post("/api/contacts", { to: to.id, note: words });
  const act = (from: Person, other: Person, what: string) => from.browser.post(`/api/contacts/${other.id}/${what}`);
  const list = async (person: Person, which: string) =>
    (await person.browser.get(`/api/contacts?list=${which}`)).body.contacts as {
      account: string;
      email: string | null;
    }[];
  const letters = async (person: Person) => {
    const { rows } = await front.pool.query<{ kind: string; text: string }>(
      "select kind, text from mails where account_id = $1 order by created_at",
      [person.id],
    );
    return rows;
  };

  describe("contacts", () => {
    it("need both: asked, told by letter, accepted; only then are addresses shown", async () => {
      expect((await ask(ana, mikko, "too short")).body).to.include({ refused: "request.malformed" });
      expect((await ask(ana, mikko, note("Mikko"))).body).to.deep.equal({ relation: "asked" });
      expect((await ask(ana, mikko, note("again"))).body).to.include({ refused: "contact.alreadyAsked" });
      const [letter] = await letters(mikko);
      expect(letter).to.include({ kind: "partnerAsked" });
      expect(letter?.text).to.contain("write letters").and.not.contain(ana.email);
      expect(await list(ana, "asked")).to.have.length(1);
      const [asking] = await list(mikko, "asksMe");
      expect(asking).to.deep.include({ account: ana.id, email: null, note: note("Mikko") });
      expect((await act(ana, mikko, "accept")).body).to.include({ refused: "contact.none" });

      expect((await act(mikko, ana, "accept")).body).to.deep.equal({ relation: "mutual" });
      expect((await letters(ana)).map(({ kind }) => kind)).to.deep.equal(["contactAccepted"]);
      expect((await list(ana, "mutual"))[0]).to.include({ account: mikko.id, email: mikko.email });
      expect((await list(mikko, "mutual"))[0]).to.include({ account: ana.id, email: ana.email });
      expect((await search(ana, { words: "Oulu" })).partners[0]?.people[0]?.relation).to.equal("mutual");
      expect((await ask(ana, mikko, note("again"))).body).to.include({ refused: "contact.already" });
    });

    it("are for staff who are available, and tell nothing of anybody else", async () => {
      await isAvailable(greta.browser, false);
      for (const to of [greta.id, ana.id, "nobody"]) {
        const answer = await ana.browser.post("/api/contacts", { to, note: note("you") });
        expect(answer.status, to).to.equal(404);
      }
      await isAvailable(greta.browser);
    });

    it("block somebody without telling them: they neither ask nor reply, and it looks as always", async () => {
      await act(ivan, eleni, "block");
      expect(await list(ivan, "blocked")).to.have.length(1);
      expect((await ask(eleni, ivan, note("Ivan"))).body).to.deep.equal({ relation: "asked" });
      expect(await list(eleni, "asked")).to.have.length(1);
      expect(await list(ivan, "asksMe")).to.deep.equal([]);
      expect(await letters(ivan)).to.deep.equal([]);
      expect((await act(ivan, eleni, "accept")).body).to.include({ refused: "contact.none" });

      const notice = await writeNotice(ivan);
      const reply = await eleni.browser.post(`/api/notices/${notice.id}/replies`, { words: note("notice") });
      expect(reply.status).to.equal(204);
      expect((await eleni.browser.get(`/api/notices/${notice.id}`)).body.notice).to.include({ replied: true });
      expect((await ivan.browser.get(`/api/notices/${notice.id}/replies`)).body.replies).to.deep.equal([]);
      expect((await ivan.browser.get(`/api/notices/${notice.id}`)).body.notice).to.include({ replies: 0 });
      expect(await letters(ivan)).to.deep.equal([]);
      const [shown] = (await search(eleni, { words: "Пловдив" })).partners;
      expect(shown?.people[0]).to.include({ name: "Ivan Petrov", relation: "asked" });
      expect((await search(ivan, { words: "Βόλος" })).partners[0]?.people).to.deep.equal([]);
      expect((await act(ivan, eleni, "unblock")).status).to.equal(200);
    });

    it("let nobody write to very many, or the same to several", async () => {
      const others = await Promise.all(
        Array.from({ length: 22 }, async (_, i) => {
          const person = await front.person("teacher", `Other ${i}`, {
            name: `Liceo ${i}`,
            town: "Bari",
            country: "IT",
          });
          await isAvailable(person.browser);
          return person;
        }),
      );
      const same = "We look for a class that measures the water of its river every week with us.";
      const answers = [];
      for (const other of others.slice(0, 3)) answers.push((await ask(greta, other, same)).body);
      expect(answers.slice(0, 2)).to.deep.equal([{ relation: "asked" }, { relation: "asked" }]);
      expect(answers[2]).to.deep.include({ refused: "contact.sameText", fields: ["note"] });
      const own = (i: number) =>
        `${"abcdefghijklmnopqrstuvw"[i]?.repeat(30)} ${"zyxwvutsrqponmlkjihgfedcba"[i]?.repeat(25)} number ${i * 7919}`;
      for (const [i, other] of others.slice(2, 20).entries()) {
        expect((await ask(greta, other, own(i))).body, String(i)).to.deep.equal({ relation: "asked" });
      }
      const last = others[21];
      if (!last) throw new Error("There are 22");
      expect((await ask(greta, last, own(20))).body).to.include({ refused: "contact.tooMany" });
      await front.pool.query("update first_words set at = at - interval '25 hours'");
      expect((await ask(greta, last, own(20))).body).to.deep.equal({ relation: "asked" });
    });
  });

  async function writeNotice(author: Person): Promise<Notice> {
    const answer = await author.browser.post("/api/notices", {
      ...{
        kind: "looking",
        title: "Two rivers",
        body: "We look for a class by a river, to compare the water.",
        days: 30,
      },
      ...{ ages: { min: 9, max: 11 }, subjects: ["music"], languages: ["en"], countriesWanted: [], startWanted: null },
    });
    expect(answer.status, answer.text).to.equal(200);
    return answer.body.notice;
  }

  describe("notices", () => {
    it("are found, replied to once, and the reply reaches the author alone, by letter too", async () => {
      const { id } = await writeNotice(mikko);
      const found = (await eleni.browser.get("/api/notices?subject=music&country=FI&age=10")).body.notices;
      expect(found.map((notice: Notice) => notice.id)).to.deep.equal([id]);
      expect((await eleni.browser.get("/api/notices?age=15&country=FI")).body.notices).to.deep.equal([]);
      const words = "We live by the sea, where a river ends. May we join with our fourth class?";
      const replies = `/api/notices/${id}/replies`;
      expect((await eleni.browser.post(replies, { words })).status).to.equal(204);
      expect((await eleni.browser.post(replies, { words })).body).to.include({ refused: "notice.replied" });
      expect((await mikko.browser.post(replies, { words })).body).to.include({ refused: "notice.unknown" });
      const read = await mikko.browser.get(replies);
      expect(read.body.replies[0]).to.include({ from: eleni.id, words, relation: "asksMe" });
      expect(read.text).to.not.contain("@");
      expect((await greta.browser.get(replies)).status).to.equal(404);
      expect((await letters(mikko)).map(({ kind }) => kind)).to.include("noticeReply");
      expect((await act(mikko, eleni, "accept")).body).to.deep.equal({ relation: "mutual" });
    });

    it("expire, are their author's alone then, and stand again when renewed", async () => {
      const { id } = await writeNotice(eleni);
      await front.pool.query("update notices set expires_at = now() - interval '1 minute' where id = $1", [id]);
      const path = `/api/notices/${id}`;
      expect((await ana.browser.get(path)).status).to.equal(404);
      expect((await ana.browser.post(`${path}/replies`, { words: note("notice") })).status).to.equal(404);
      expect((await eleni.browser.get(path)).body.notice).to.include({ state: "expired" });
      expect((await ana.browser.post(`${path}/renew`, { days: 60 })).status).to.equal(404);
      expect((await eleni.browser.post(`${path}/renew`, { days: 60 })).body.notice).to.include({ state: "open" });
      expect((await ana.browser.get(path)).status).to.equal(200);
      expect((await ana.browser.post(`${path}/close`)).body).to.include({ refused: "account.notAllowed" });
      expect((await eleni.browser.post(`${path}/close`)).status).to.equal(204);
      expect((await ana.browser.get(path)).status).to.equal(404);
    });

    it("can be closed by the support service of their country and no other", async () => {
      const { id } = await writeNotice(ana);
      const service = await front.person("support", "Desk", null);
      await front.pool.query("delete from support_staff where account_id = $1", [service.id]);
      const serve = (country: string) =>
        front.pool.query(
          `with made as (insert into support_services (id, kind, country, name) values ($1, 'nss', $1, $1)
             on conflict do nothing)
           insert into support_staff (service_id, account_id) values ($1, $2)`,
          [country, service.id],
        );
      await front.pool.query(
        "insert into support_services (id, kind, country, name) values ('FI','nss','FI','x'),('PT','nss','PT','x')",
      );
      await serve("FI");
      expect((await service.browser.post(`/api/notices/${id}/close`)).status).to.equal(403);
      await serve("PT");
      expect((await service.browser.post(`/api/notices/${id}/close`)).status).to.equal(204);
    });
  });

  describe("saved searches", () => {
    it("write a letter when somebody new fits, once a day, until its link ends that", async () => {
      const saved = await ana.browser.post("/api/partner-searches", { name: "Riga", query: { words: "Riga" } });
      expect(saved.status, saved.text).to.equal(200);
      expect(saved.body.searches[0]).to.include({ name: "Riga", fresh: 0 });
      const origin = "https://twinlight.test";
      const later = () => front.pool.query("update saved_searches set looked_at = looked_at - interval '25 hours'");
      await later();
      expect(await writeToSearchers(front.pool, origin)).to.equal(0);
      await front.pool.query(
        `insert into schools (id, name, town, country, available) values ('riga', 'Rīgas 3. vidusskola', 'Rīga', 'LV', true)`,
      );
      expect(await writeToSearchers(front.pool, origin)).to.equal(0);
      await later();
      expect(await writeToSearchers(front.pool, origin)).to.equal(1);
      expect(await writeToSearchers(front.pool, origin)).to.equal(0);
      const letter = (await letters(ana)).at(-1);
      expect(letter?.kind).to.equal("savedSearch");
      const [, token] = /\/partners\/stop#k=([\w-]{43})/.exec(letter?.text ?? "") ?? [];
      const stopped = await front.browser().post("/api/partner-searches/stop", { token });
      expect(stopped.body).to.deep.equal({ name: "Riga" });
      await later();
      await front.pool.query("update partner_entries set since = now() where school_id = 'riga'");
      expect(await writeToSearchers(front.pool, origin)).to.equal(0);
    });
  });
});
