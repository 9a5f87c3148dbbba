using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>A change of the state of one position, strategy or account.</summary>
/// <param name="Owner">Number of the strategy; −1 for the account.</param>
/// <param name="Instrument">That of the position; None: of all that the owner has.</param>
internal readonly record struct StateMove(int Owner, InstrumentId Instrument, StateChange Change);
