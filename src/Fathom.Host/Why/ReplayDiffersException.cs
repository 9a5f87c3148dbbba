namespace Fathom.Host.Why;

/// <summary>A run that was run again came to something else, so that nothing about it can be explained.</summary>
/// <param name="run">Its folder.</param>
/// <param name="difference">The first thing that was another one.</param>
public sealed class ReplayDiffersException(string run, string difference) : Exception(
    $"{run}: the run does not repeat, so it cannot be explained: the replay has {difference}. A strategy that reads a clock or rolls unseeded dice does that, and so does another version of Fathom.");
