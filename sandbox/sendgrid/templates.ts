import { fateOfTemplate, textOfTemplate } from '../faults/magic-templates';
import type { Answer } from '../http/answer';
import { sendGridErrorFormat } from './answers';

/** A dynamic template as `GET /v3/templates/{id}` shows it. */
export function templateAnswer(id: string): Answer {
  const fate = fateOfTemplate(id);
  if (fate === 'forbidden') return sendGridErrorFormat.failed({ status: 403 });
  if (fate === 'unknown' || !/^d-[0-9a-f]{32}$/.test(id))
    return sendGridErrorFormat.failed({ status: 404, message: 'resource not found' });
  const text = textOfTemplate(fate);
  const version = {
    id: '6a4a5b4c-0000-4000-8000-000000000001',
    ...{ user_id: 1, template_id: id, active: fate === 'inactive' ? 0 : 1, name: 'Invitation', editor: 'code' },
    html_content: `<p>${text}</p>`,
    plain_content: text,
    generate_plain_content: false,
    subject: 'Invitation',
    updated_at: '2026-11-02 09:00:00',
  };
  return {
    status: 200,
    body: { id, name: 'Invitation', generation: 'dynamic', updated_at: '2026-11-02 09:00:00', versions: [version] },
  };
}
