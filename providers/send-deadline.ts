import type { SendWindows } from '../domain/invitations/windows';
import { Deadline } from '../platform/deadline';
import type { RequestDeadline } from './http/http-transport';

/**
 * The time that the sends of one claim have. It is made just before the claim and handed down to the socket. It expires
 * when no request may begin any more, because another worker may settle the claim while that request is under way.
 */
export class SendDeadline extends Deadline {
  constructor(private readonly windows: SendWindows) {
    super(windows.fenceMs);
  }

  /** For a request that is made now; several rounds of one request share it. */
  forRequest(): Required<RequestDeadline> {
    return { begin: this, end: new Deadline(this.windows.deadlineMs) };
  }

  /**
   * For outcomes that are written down from now on. Harmless after the settle window: a record of an attempt that has lost
   * its claim changes nothing.
   */
  forRecord(): Deadline {
    return new Deadline(this.windows.settleWindowMs / 2);
  }
}
