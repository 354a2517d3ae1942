import { exampleOf } from './described.ts';
import { page, type Route } from './route.ts';

const POST = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';

/** A comment of somebody's, with all that GitHub says of one. */
export function commentBy(
  id: number,
  body: string,
  who: { login: string; type: string; association: string },
): { id: number; body: string } & Record<string, unknown> {
  const example = exampleOf(POST, 201);
  const user = { ...(example.user as object), login: who.login, type: who.type };
  return { ...example, id, body, author_association: who.association, user };
}

export const issues: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    answer: (call, { api, comments }) => page(call, api, comments),
  },
  {
    operation: POST,
    answer(call, { comments }) {
      const { body } = call.body as { body: string };
      const bot = { login: 'github-actions[bot]', type: 'Bot', association: 'NONE' };
      const made = commentBy(comments.length + 1, body, bot);
      comments.push(made);
      return { status: 201, body: made };
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    answer({ part, body }, { comments }) {
      const known = comments.find(({ id }) => String(id) === part('comment_id'));
      if (known === undefined) return undefined;
      known.body = (body as { body: string }).body;
      return { status: 200, body: known };
    },
  },
];
