# A terminal of its own, in which docker run stays in the foreground.
script --quiet --command 'docker run --name web nginx' /dev/null > /dev/null 2>&1 < /dev/zero &
until [ "$(docker inspect --format '{{.State.Running}}' web 2> /dev/null)" = true ]; do sleep 0.1; done
