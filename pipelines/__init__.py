import gc

# Tables are many small objects in no circle: to look for circles as often as Python does costs a tenth of a run.
gc.set_threshold(50_000, 20, 20)
