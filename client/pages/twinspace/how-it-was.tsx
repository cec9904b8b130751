import type { Attendance, SpaceMeetingPage, WasThere } from "../../../protocol/twinspace/meetings.ts";
import { Fact } from "../../parts/fact.tsx";
import { Place } from "../../parts/place.tsx";
import { lengthInWords, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";

/** What came of a meeting: how long, how many, and for the project's teachers who, and how long each spoke. */
export function HowItWas({ page: { attendance, people }, zone }: { page: SpaceMeetingPage; zone: string }) {
  return (
    <section className="home-part" aria-labelledby="how-it-was">
      <h2 id="how-it-was" className="home-head">
        {t("spaceMeeting.was")}
      </h2>
      {attendance === null ? (
        <p className="soft">{t("spaceMeeting.notHeld")}</p>
      ) : (
        <>
          <Counts attendance={attendance} zone={zone} />
          <Schools schools={attendance.schools} />
        </>
      )}
      {people === null || people.length === 0 ? null : <People people={people} />}
    </section>
  );
}

function Counts({
  attendance: { openedAt, lengthMs, adults, pupils, classes },
  zone,
}: {
  attendance: Attendance;
  zone: string;
}) {
  const came = [
    ...(adults > 0 ? [t("spaceMeeting.adults", { count: adults })] : []),
    ...(pupils > 0 ? [t("spaceMeeting.pupils", { count: pupils })] : []),
    ...(classes > 0 ? [t("spaceMeeting.classes", { count: classes })] : []),
  ];
  return (
    <dl className="facts">
      <Fact name={t("spaceMeeting.held")}>{dateTimeIn(openedAt, zone)}</Fact>
      <Fact name={t("book.length")}>{lengthInWords(lengthMs)}</Fact>
      <Fact name={t("spaceMeeting.cameThere")}>{listOf(came)}</Fact>
    </dl>
  );
}

function Schools({ schools }: { schools: Attendance["schools"] }) {
  if (schools.length === 0) return null;
  return (
    <>
      <h3 id="schools-there">{t("spaceMeeting.schools")}</h3>
      <ul className="rows" aria-labelledby="schools-there">
        {schools.map(({ school, people, spokeMs }) => (
          <li className="row" key={school?.id ?? ""}>
            <span className="row__words">
              {school === null ? t("spaceMeeting.noSchool") : <Place country={school.country}>{school.name}</Place>}
            </span>
            <span className="soft">{t("spaceMeeting.people", { count: people })}</span>
            {spokeMs === null ? null : <span>{spokeInWords(spokeMs)}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function People({ people }: { people: readonly WasThere[] }) {
  return (
    <>
      <h3 id="was-there">{t("spaceMeeting.wasThere")}</h3>
      <p className="soft small">{t("spaceMeeting.wasThereHint")}</p>
      <ul className="rows" aria-labelledby="was-there">
        {people.map(({ name, school, spokeMs }, place) => (
          // Two may have the same name; their order is that of the log and does not change.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li className="row" key={place}>
            <span className="row__words">
              <bdi>{name === "" ? t("spaceMeeting.somebody") : name}</bdi>
              {school === null ? null : (
                <span className="soft small">
                  <Place country={school.country}>{school.name}</Place>
                </span>
              )}
            </span>
            <span>{spokeInWords(spokeMs)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const spokeInWords = (ms: number): string =>
  ms === 0 ? t("spaceMeeting.didNotSpeak") : t("spaceMeeting.spoke", { length: lengthInWords(ms) });
