using Fathom.Domain.Values;

namespace Fathom.Simulation.Driver;

/// <summary>How far a run has come.</summary>
/// <param name="Messages">Messages of the source that the engine has taken.</param>
/// <param name="Clock">The engine's clock.</param>
public readonly record struct BacktestProgress(long Messages, Timestamp Clock);
