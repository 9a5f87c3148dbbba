namespace Fathom.Host.Replays;

/// <summary>What a replay came to.</summary>
/// <param name="Difference">The first one; null: everything came out as it was recorded.</param>
/// <param name="Inputs">Messages that the engine took.</param>
/// <param name="Outputs">Events that were recorded.</param>
/// <param name="RecordedFingerprint">32 hexadecimal digits.</param>
/// <param name="Fingerprint">32 hexadecimal digits, of as much as was replayed.</param>
/// <param name="Seconds">Wall time from the first to the last input.</param>
public sealed record ReplayResult(ReplayDifference? Difference, long Inputs, long Outputs, string RecordedFingerprint, string Fingerprint, double Seconds);
