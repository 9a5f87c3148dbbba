namespace Fathom.Simulation.Faults;

/// <summary>Where messages come from and go to.</summary>
public enum TracePlace : byte { None = 0, Engine = 1, Gateway = 2, Venue = 3, Operator = 4, Market = 5, Clock = 6 }
