namespace Fathom.Simulation.Venue;

/// <summary>A venue that trades in an instrument of a shared tape.</summary>
internal sealed class TapeWatcher(SimulatedVenue venue, VenueInstrument instrument)
{
    public SimulatedVenue Venue { get; } = venue;

    public VenueInstrument Instrument { get; } = instrument;

    /// <summary>The open event concerns the venue.</summary>
    public bool IsJudged { get; set; }

    /// <summary>So does the message that is being applied.</summary>
    public bool IsConcerned { get; set; }

    public BookBefore Before;
}
