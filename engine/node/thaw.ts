/** Wakes the processes that a student has paused in a node, so that the node can be ended. */
import type { DockerClient } from '../docker'

/**
 * On cgroup v1 a frozen process does not take a SIGKILL until it is thawed
 * (kernel documentation, cgroup-v1/freezer-subsystem), so a node with a paused container in it could not be
 * killed. On cgroup v2 there are no such files, and a kill gets through.
 */
const SCRIPT =
  'for state in $(find /sys/fs/cgroup/freezer -mindepth 2 -name freezer.state 2>/dev/null); do echo THAWED > "$state"; done'
const LIMIT_MS = 3_000

export async function thaw(outer: Pick<DockerClient, 'execs'>, containerId: string): Promise<void> {
  // A node that has stopped, or is gone, has nothing to thaw.
  await outer.execs.run(containerId, ['sh', '-c', SCRIPT], { limitMs: LIMIT_MS }).catch(() => undefined)
}
