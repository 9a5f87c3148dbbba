using Fathom.Domain.Messages;

namespace Fathom.Host.Replays;

/// <summary>Where a replay first came to something else than the run that was recorded.</summary>
/// <param name="Input">Number of the input in whose step it was.</param>
/// <param name="InputMessage">That input; null where it is no longer at hand.</param>
/// <param name="Output">Number of the recorded output: 1, 2, 3 … as published.</param>
/// <param name="Recorded">What was published then; null: nothing.</param>
/// <param name="Replayed">What was published now; null: nothing.</param>
public sealed record ReplayDifference(long Input, byte[]? InputMessage, long Output, byte[]? Recorded, byte[]? Replayed)
{
    /// <summary>Everything was published as recorded, and yet the fingerprint is another one.</summary>
    public bool IsOfFingerprint => Recorded is null && Replayed is null;

    /// <summary>Fields that differ, with both values; null where one side has no such field. Of two kinds of events their type only.</summary>
    public IReadOnlyList<(string Field, string? Recorded, string? Replayed)> Fields()
    {
        List<(string, string?, string?)> differences = [];
        if (Recorded is null || Replayed is null || Messages.Header(Recorded).Type != Messages.Header(Replayed).Type) return differences;
        IReadOnlyList<(string Name, string Value)> before = MessageFields.Of(Recorded), now = MessageFields.Of(Replayed);
        for (int i = 0; i < Math.Max(before.Count, now.Count); i++)
        {
            string? recorded = i < before.Count ? before[i].Value : null, replayed = i < now.Count ? now[i].Value : null;
            if (recorded != replayed) differences.Add(((i < before.Count ? before : now)[i].Name, recorded, replayed));
        }
        if (differences.Count == 0) differences.Add(("bytes", Convert.ToHexStringLower(Recorded), Convert.ToHexStringLower(Replayed)));      // where no field shows it
        return differences;
    }
}
