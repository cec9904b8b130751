/** What stands in the way of an application, as its refusal. */
import type { SendObstacle } from "../../protocol/qualityLabels/applications.ts";
import type { RefusalCode, Refused } from "../../protocol/refusals.ts";

const codes: Readonly<Record<SendObstacle, RefusalCode>> = {
  onlyEuropean: "label.onlyEuropean",
  tooLate: "label.tooLate",
  yearFull: "label.yearFull",
  alreadyGranted: "label.alreadyGranted",
  noRubric: "label.noRubric",
  gateOpen: "label.gateOpen",
  gateNo: "label.gateNo",
  answerMissing: "label.answerMissing",
  nothingChosen: "label.nothingChosen",
  notReady: "label.notReady",
  tooLarge: "label.tooLarge",
};

export const refusedBy = (obstacle: SendObstacle): Refused => ({ refused: codes[obstacle] });
