"""Stands for the part of a build that takes long and rarely changes, such as installing libraries."""
import time

time.sleep(3)
open("/slow-setup.done", "w").write("done\n")
print("the slow part is done")
