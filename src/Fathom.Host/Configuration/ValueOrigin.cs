namespace Fathom.Host.Configuration;

/// <summary>Where a value was written. Every value carries it, so that every message can name the place.</summary>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Source">File: its path as the user wrote it. Environment: the variable's name. Set: the key as typed. Default: empty.</param>
/// <param name="Line">From 1; 0 where there are no lines.</param>
/// <param name="Column">From 1, in UTF-16 characters; 0 where there are no columns.</param>
public readonly record struct ValueOrigin(ValueLayer Layer, string Source, int Line = 0, int Column = 0)
{
    public static ValueOrigin Default => new(ValueLayer.Default, "");

    public override string ToString() => Layer switch
    {
        ValueLayer.File when Line == 0 => Source,
        ValueLayer.File => $"{Source}:{Line}:{Column}",
        ValueLayer.Environment => $"environment variable {Source}",
        ValueLayer.Set => $"--set {Source}",
        _ => "default",
    };
}
