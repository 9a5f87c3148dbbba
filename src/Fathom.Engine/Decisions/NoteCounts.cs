namespace Fathom.Engine.Decisions;

/// <summary>How much a strategy wrote into the run.</summary>
/// <param name="Plots">Points of curves that were published.</param>
/// <param name="Annotations">Those that were published.</param>
/// <param name="Debugs">Log records of that level, left out ones included; so the next three.</param>
/// <param name="PlotsLeftOut">Points of curves beyond the largest number of curves.</param>
/// <param name="AnnotationsLeftOut">Beyond the largest number of annotations.</param>
/// <param name="RecordsLeftOut">Log records beyond their largest number.</param>
public readonly record struct NoteCounts(
    long Plots, long Annotations, long Debugs, long Infos, long Warnings, long Errors, long PlotsLeftOut, long AnnotationsLeftOut, long RecordsLeftOut)
{
    /// <summary>Points, annotations and log records that were not published.</summary>
    public long LeftOut => PlotsLeftOut + AnnotationsLeftOut + RecordsLeftOut;

    public static NoteCounts operator +(NoteCounts left, NoteCounts right) => new(
        left.Plots + right.Plots, left.Annotations + right.Annotations, left.Debugs + right.Debugs, left.Infos + right.Infos, left.Warnings + right.Warnings,
        left.Errors + right.Errors, left.PlotsLeftOut + right.PlotsLeftOut, left.AnnotationsLeftOut + right.AnnotationsLeftOut, left.RecordsLeftOut + right.RecordsLeftOut);
}
