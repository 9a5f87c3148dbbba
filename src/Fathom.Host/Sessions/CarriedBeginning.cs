using Fathom.Domain.Values;

namespace Fathom.Host.Sessions;

/// <summary>With what a run went on, as far as its results speak of it.</summary>
/// <param name="Session">Sessions before this one.</param>
/// <param name="Until">The engine's clock at the end of the session before: the run begins later.</param>
/// <param name="OrderCount">Live orders at the end of the session before.</param>
/// <param name="InstrumentCount">Instruments below this are carried.</param>
internal sealed record CarriedBeginning(long Session, Timestamp Until, long OrderCount, int InstrumentCount);
