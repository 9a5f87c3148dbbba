namespace Fathom.Simulation.Faults;

/// <summary>In which form a <see cref="RandomTrader"/> wants things in an instrument.</summary>
public enum TraderStyle : byte
{
    /// <summary>Changes between the others now and then.</summary>
    Any = 0,
    Orders = 1,
    Quotes = 2,
    Target = 3,
}
