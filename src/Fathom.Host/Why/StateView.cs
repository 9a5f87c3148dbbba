using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Host.Why;

/// <summary>How one position, strategy or the account stood.</summary>
/// <param name="Owner">Number of the strategy; −1 for the account.</param>
/// <param name="Instrument">That of the position; None: of all that the owner has.</param>
internal sealed record StateView(int Owner, InstrumentId Instrument, StateReading Reading);
