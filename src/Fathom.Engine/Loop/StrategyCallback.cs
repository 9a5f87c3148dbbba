namespace Fathom.Engine.Loop;

/// <summary>The callbacks of the strategy contract.</summary>
public enum StrategyCallback : byte { None = 0, OnStart = 1, OnBook = 2, OnOrder = 3, OnFill = 4, OnStop = 5 }
