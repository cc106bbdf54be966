# Images written by hand, so that they are the same each time.
archive() { # file, content, name or nothing
  local folder; folder=$(mktemp -d)
  echo "$2" > "$folder/file.txt"
  tar -C "$folder" --mtime=@0 --owner=0 --group=0 -cf "$folder/layer.tar" file.txt
  local diff; diff=$(sha256sum < "$folder/layer.tar" | cut -d ' ' -f 1)
  printf '{"architecture":"%s","os":"linux","created":"2024-05-01T08:00:00Z","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$(dpkg --print-architecture)" "$diff" > "$folder/config"
  local id; id=$(sha256sum < "$folder/config" | cut -d ' ' -f 1)
  mv "$folder/config" "$folder/$id.json"
  printf '[{"Config":"%s.json","RepoTags":[%s],"Layers":["layer.tar"]}]' "$id" "${3:+\"$3\"}" > "$folder/manifest.json"
  tar -C "$folder" --mtime=@0 --owner=0 --group=0 -cf "$1" manifest.json "$id.json" layer.tar
  rm -r "$folder"
}
set -e
docker run -d --name registry --restart always -p 5000:5000 -v registry:/var/lib/registry registry:2
archive /root/legacy.tar 'the old application' old/legacy:unknown
archive /tmp/one.tar 'a draft' scratchpad:old
archive /tmp/two.tar 'a draft without a name'
docker load -q -i /tmp/one.tar
docker load -q -i /tmp/two.tar
rm /tmp/one.tar /tmp/two.tar
docker create --name archive busybox
until curl -sf http://localhost:5000/v2/ > /dev/null; do sleep 0.2; done
