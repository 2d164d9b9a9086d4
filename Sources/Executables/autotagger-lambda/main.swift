import AutoTaggerLambda
import Foundation

exit(await LambdaFunction.run())
