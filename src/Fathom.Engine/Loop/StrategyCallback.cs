namespace Fathom.Engine.Loop;

/// <summary>The callbacks of the strategy contract.</summary>
public enum StrategyCallback : byte { None = 0, OnStart, OnBook, OnTrade, OnQuote, OnBar, OnFeatures, OnOrder, OnFill, OnTimer, OnStop, OnSeries }
