// Every test runs processes of its own; side by side they would only take each other's processor time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
