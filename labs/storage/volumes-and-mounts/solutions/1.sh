docker run --rm -v ledger:/data busybox sh -c 'echo remember me > /data/note.txt'
